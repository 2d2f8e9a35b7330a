using System.Buffers.Binary;
using System.Text;

namespace ComIm.Sip.Tests.Location;

/// <summary>Writes DNS messages for tests, honest ones and others. It shares no code with what is tested.</summary>
internal sealed class DnsBytes
{
    private readonly List<byte> _bytes = [.. new byte[12]];

    public int Length => _bytes.Count;

    public static DnsBytes Response(ushort id = 0x1234, int flags = 0x8180)
    {
        var message = new DnsBytes();
        return message.Patch(0, id).Patch(2, flags);
    }

    /// <summary>A response with one question; the counts of the sections as told, whatever follows.</summary>
    public static DnsBytes ResponseTo(
        string name, int type, int answers = 0, int authorities = 0, ushort id = 0x1234, int flags = 0x8180) =>
        Response(id, flags).Patch(4, 1).Patch(6, answers).Patch(8, authorities).Name(name).UInt16(type).UInt16(1);

    public DnsBytes Patch(int offset, int value)
    {
        _bytes[offset] = (byte)(value >> 8);
        _bytes[offset + 1] = (byte)value;
        return this;
    }

    public DnsBytes Raw(params ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public DnsBytes UInt16(int value) => Raw((byte)(value >> 8), (byte)value);

    public DnsBytes UInt32(uint value) => UInt16((int)(value >> 16)).UInt16((int)(value & 0xFFFF));

    public DnsBytes Text(string text) => Raw((byte)text.Length).Raw(Encoding.Latin1.GetBytes(text));

    public DnsBytes Pointer(int offset) => UInt16(0xC000 | offset);

    public DnsBytes Name(string name)
    {
        foreach (var label in name.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            Text(label);
        }

        return Raw(0);
    }

    public DnsBytes Record(string name, int type, uint timeToLive, Action<DnsBytes> data) =>
        Name(name).UInt16(type).UInt16(1).UInt32(timeToLive).Data(data);

    public DnsBytes Data(Action<DnsBytes> data)
    {
        UInt16(0);
        var start = Length;
        data(this);
        return Patch(start - 2, Length - start);
    }

    public byte[] ToArray() => [.. _bytes];

    public static ushort IdOf(ReadOnlySpan<byte> message) => BinaryPrimitives.ReadUInt16BigEndian(message);
}
