using System.Text;

namespace ComIm.Sip.Messages;

/// <summary>
/// The value of a header field that was set: the bytes of another message's field, text, or the bytes with the text behind
/// them. The name follows from the field's number; a field without one has its name in front, as on the wire.
/// </summary>
internal readonly record struct HeaderText(string? Text, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>A field of any name.</summary>
    public static HeaderText Of(HeaderId id, string name, string value) =>
        new(id == HeaderId.Other ? name + ": " + value : value, default);

    public string NameOf(HeaderId id)
    {
        if (id != HeaderId.Other)
        {
            return HeaderNames.NameOf(id);
        }

        var field = ToText();
        return field[..field.IndexOf(':', StringComparison.Ordinal)].TrimEnd();
    }

    public string ValueOf(HeaderId id)
    {
        var text = ToText();
        return id == HeaderId.Other ? text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() : text;
    }

    public ReadOnlyMemory<byte> BytesOf(HeaderId id) => Text is null && id != HeaderId.Other ? Bytes : Encoding.UTF8.GetBytes(ValueOf(id));

    public void WriteTo(HeaderId id, ref SipBufferWriter writer)
    {
        if (id != HeaderId.Other)
        {
            writer.WriteText(HeaderNames.NameOf(id));
            writer.Write(": "u8);
        }

        writer.Write(Bytes.Span);
        if (Text is not null)
        {
            writer.WriteText(Text);
        }
    }

    public int MeasureBytes(HeaderId id) =>
        (id == HeaderId.Other ? 0 : HeaderNames.NameOf(id).Length + 2) + Bytes.Length + (Text is null ? 0 : Encoding.UTF8.GetByteCount(Text));

    private string ToText() => Bytes.IsEmpty ? Text ?? string.Empty : Decode(Bytes.Span) + Text;

    /// <summary>UTF-8 to text; a fold (CR LF and white space) is read as one space (RFC 3261 section 7.3.1).</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.Contains((byte)'\n'))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        var text = new StringBuilder(bytes.Length);
        while (true)
        {
            var end = bytes.IndexOf("\r\n"u8);
            if (end < 0)
            {
                return text.Append(Encoding.UTF8.GetString(bytes)).ToString();
            }

            text.Append(Encoding.UTF8.GetString(bytes[..end].TrimEnd(" \t"u8))).Append(' ');
            bytes = bytes[(end + 2)..].TrimStart(" \t"u8);
        }
    }
}
