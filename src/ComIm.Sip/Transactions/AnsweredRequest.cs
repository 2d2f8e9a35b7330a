using System.Net;
using System.Runtime.InteropServices;

namespace ComIm.Sip.Transactions;

/// <summary>What stands in front of the key and the response in the record of an answered request.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AnsweredRequest
{
    /// <summary>When it is forgotten, as a timestamp of the clock.</summary>
    public long Due;

    /// <summary>The record before it with the same remainder of the hash, plus 1; 0 where there is none.</summary>
    public long Older;

    /// <summary>Where its source is counted (<see cref="TransactionAdmission"/>).</summary>
    public int SourceBucket;

    public int Hash;
    public int KeyLength;
    public int ResponseLength;
    public ushort Transport;
    public ushort Port;
    public byte AddressLength;

    /// <summary>True once it is found no more.</summary>
    public bool IsForgotten;

    private Address _address;
    private uint _scope;

    /// <summary>In whole words, so that the next record is aligned.</summary>
    public readonly int RecordLength => (Size + KeyLength + ResponseLength + 7) & ~7;

    public static int Size { get; } = System.Runtime.CompilerServices.Unsafe.SizeOf<AnsweredRequest>();

    /// <summary>Where the response goes.</summary>
    public IPEndPoint EndPoint
    {
        readonly get
        {
            ReadOnlySpan<byte> bytes = _address;
            bytes = bytes[..AddressLength];
            return new IPEndPoint(AddressLength == 4 ? new IPAddress(bytes) : new IPAddress(bytes, _scope), Port);
        }

        set
        {
            value.Address.TryWriteBytes(_address, out var written);
            AddressLength = (byte)written;
            Port = (ushort)value.Port;
            _scope = written == 16 ? (uint)value.Address.ScopeId : 0;
        }
    }

    [System.Runtime.CompilerServices.InlineArray(16)]
    private struct Address
    {
        private byte _first;
    }
}
