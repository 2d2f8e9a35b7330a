namespace ComIm.Sip.Messages;

/// <summary>Where one header field is: in the received bytes, or in the list of those that were set. 16 bytes.</summary>
internal readonly struct HeaderSlot
{
    public HeaderSlot(HeaderId id, int nameStart, int nameLength, int valueStart, int valueLength)
    {
        Id = id;
        NameStart = nameStart;
        NameLength = (ushort)nameLength;
        ValueStart = valueStart;
        ValueLength = valueLength;
    }

    public int NameStart { get; }

    public int ValueStart { get; }

    public int ValueLength { get; }

    public ushort NameLength { get; }

    public HeaderId Id { get; }

    /// <summary>True where <see cref="ValueStart"/> is an index into the fields that were set.</summary>
    public bool IsText => NameStart < 0;

    public static HeaderSlot ForText(HeaderId id, int index) => new(id, -1, 0, index, 0);
}
