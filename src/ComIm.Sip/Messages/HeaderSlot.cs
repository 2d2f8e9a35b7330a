using System.Runtime.InteropServices;

namespace ComIm.Sip.Messages;

/// <summary>
/// Where one header field is: in the received bytes, or in the list of those that were set. 10 bytes, since every message has a
/// dozen; a head is never longer than 64 KiB.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct HeaderSlot
{
    private readonly ushort _nameStart;
    private readonly ushort _nameLength;
    private readonly ushort _valueStart;
    private readonly ushort _valueLength;

    public HeaderSlot(HeaderId id, int nameStart, int nameLength, int valueStart, int valueLength)
    {
        Id = id;
        _nameStart = (ushort)nameStart;
        _nameLength = (ushort)nameLength;
        _valueStart = (ushort)valueStart;
        _valueLength = (ushort)valueLength;
    }

    private HeaderSlot(HeaderId id, int index)
    {
        Id = id;
        IsText = true;
        _valueStart = (ushort)index;
    }

    public int NameStart => _nameStart;

    public int NameLength => _nameLength;

    /// <summary>Where the value begins; of a field that was set, its index among those.</summary>
    public int ValueStart => _valueStart;

    public int ValueLength => _valueLength;

    public HeaderId Id { get; }

    /// <summary>True where the field was set.</summary>
    public bool IsText { get; }

    public static HeaderSlot ForText(HeaderId id, int index) => new(id, index);
}
