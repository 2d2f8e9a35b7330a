using System.Text;

namespace ComIm.Sip.Messages;

/// <summary>A header field that was set: the bytes of another message's field, text, or the bytes with the text behind them.</summary>
internal readonly record struct HeaderText(string Name, string? Text, ReadOnlyMemory<byte> Bytes)
{
    public string ToText() => Bytes.IsEmpty ? Text ?? string.Empty : Decode(Bytes.Span) + Text;

    public ReadOnlyMemory<byte> ToBytes() => Text is null ? Bytes : Encoding.UTF8.GetBytes(ToText());

    public void WriteTo(ref SipBufferWriter writer)
    {
        writer.WriteText(Name);
        writer.Write(": "u8);
        writer.Write(Bytes.Span);
        if (Text is not null)
        {
            writer.WriteText(Text);
        }
    }

    public int MeasureBytes() => Name.Length + 2 + (Text is null ? Bytes.Length : Encoding.UTF8.GetByteCount(Text));

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
