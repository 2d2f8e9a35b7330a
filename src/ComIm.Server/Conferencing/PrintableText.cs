using System.Text;
using System.Xml;

namespace ComIm.Server.Conferencing;

/// <summary>Makes of what a client calls something (a name, a subject) what a header field and an XML document can hold.</summary>
internal static class PrintableText
{
    /// <summary>The longest text, in UTF-16 code units.</summary>
    public const int MaxLength = 256;

    /// <summary>
    /// The text without characters that XML 1.0 has not (section 2.2), other controls as spaces, and cut between two characters; null
    /// where nothing is left.
    /// </summary>
    /// <param name="text">What the client says, or null.</param>
    public static string? Of(string? text)
    {
        var result = new StringBuilder();
        foreach (var rune in (text ?? string.Empty).EnumerateRunes())
        {
            if (rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value))
            {
                continue;
            }

            if (result.Length + rune.Utf16SequenceLength > MaxLength)
            {
                break;
            }

            result.Append(Rune.IsControl(rune) ? new Rune(' ') : rune);
        }

        return result.Length == 0 ? null : result.ToString();
    }
}
