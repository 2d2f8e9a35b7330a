using System.Globalization;
using System.Text;

namespace ComIm.Sip.Location;

/// <summary>Domain names on the wire (RFC 1035 section 3.1, 4.1.4).</summary>
internal static class DnsName
{
    /// <summary>The name of the root, and in SRV the sign for "not offered".</summary>
    public const string Root = ".";

    /// <summary>The longest name, in bytes on the wire.</summary>
    public const int MaxLength = 255;

    private const int MaxLabel = 63;
    private const int PointerMark = 0xC0;

    /// <summary>Writes a host or service name.</summary>
    /// <param name="name">Letters, digits, hyphens and underscores between dots.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <param name="written">How many bytes it takes.</param>
    /// <returns>False where it is no such name.</returns>
    public static bool TryWrite(ReadOnlySpan<char> name, Span<byte> destination, out int written)
    {
        written = 0;
        name = name is [.. var head, '.'] ? head : name;
        foreach (var range in name.Split('.'))
        {
            var label = name[range];
            if (label.Length is 0 or > MaxLabel || written + label.Length + 2 > MaxLength)
            {
                return false;
            }

            destination[written++] = (byte)label.Length;
            foreach (var c in label)
            {
                if (!IsPlain(c))
                {
                    return false;
                }

                destination[written++] = (byte)c;
            }
        }

        destination[written++] = 0;
        return true;
    }

    /// <summary>
    /// Reads a name, compressed or not. A pointer may only lead to before the part that holds it, so that there is no way
    /// to walk in circles.
    /// </summary>
    /// <param name="message">The whole message.</param>
    /// <param name="position">Where the name begins; afterwards, where it ended.</param>
    /// <param name="name">The name; bytes that no host name has stand as <c>\ddd</c> (RFC 1035 section 5.1).</param>
    public static bool TryRead(ReadOnlySpan<byte> message, ref int position, out string name)
    {
        name = Root;
        var text = new StringBuilder();
        var (at, segment, length, end) = (position, position, 1, -1);
        while (at < message.Length)
        {
            int mark = message[at++];
            if (mark == 0)
            {
                position = end < 0 ? at : end;
                name = text.Length == 0 ? Root : text.ToString();
                return true;
            }

            if ((mark & PointerMark) == PointerMark)
            {
                var pointer = at < message.Length ? ((mark & ~PointerMark) << 8) | message[at] : segment;
                if (pointer >= segment)
                {
                    return false;
                }

                end = end < 0 ? at + 1 : end;
                (at, segment) = (pointer, pointer);
                continue;
            }

            length += mark + 1;
            if (mark > MaxLabel || length > MaxLength || at + mark > message.Length)
            {
                return false;
            }

            AppendLabel(text, message.Slice(at, mark));
            at += mark;
        }

        return false;
    }

    private static void AppendLabel(StringBuilder text, ReadOnlySpan<byte> label)
    {
        if (text.Length > 0)
        {
            text.Append('.');
        }

        foreach (var b in label)
        {
            if (IsPlain((char)b))
            {
                text.Append((char)b);
            }
            else
            {
                // A dot inside a label, for one: the name must not read like another.
                text.Append(CultureInfo.InvariantCulture, $"\\{b:D3}");
            }
        }
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
}
