namespace ComIm.Sip.Messages;

/// <summary>The fields that every layer asks for, read once. It belongs to one state of the header fields.</summary>
internal sealed class TypedHeaders(int version)
{
    public int Version { get; } = version;

    public ViaHeader? TopVia { get; set; }

    public NameAddress? From { get; set; }

    public NameAddress? To { get; set; }
}
