using System.Net;
using System.Text;

namespace ComIm.Client.Messaging;

/// <summary>
/// The words of an HTML text, for those who show plain text only: markup is left out, blocks become lines, character
/// references become characters. It never fails, and takes one pass: the markup comes from the network.
/// </summary>
internal static class HtmlText
{
    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "table", "tr", "ul",
    };

    private static readonly string[] Unseen = ["head", "script", "style", "title"];

    public static string ToPlain(string html)
    {
        var words = new StringBuilder(html.Length);
        for (var position = 0; position < html.Length;)
        {
            var tag = html.IndexOf('<', position);
            var end = tag < 0 ? html.Length : tag;
            AppendText(words, html.AsSpan(position, end - position));
            position = tag < 0 ? html.Length : Skip(html, tag, words);
        }

        return words.ToString().Trim('\n', ' ');
    }

    /// <summary>Passes over a tag, a comment, or what a tag hides; gives where the text goes on.</summary>
    private static int Skip(string html, int tag, StringBuilder words)
    {
        if (html.AsSpan(tag).StartsWith("<!--", StringComparison.Ordinal))
        {
            return After(html, "-->", tag + 4);
        }

        var nameStart = tag + 1 < html.Length && html[tag + 1] == '/' ? tag + 2 : tag + 1;
        var nameEnd = nameStart;
        while (nameEnd < html.Length && char.IsAsciiLetterOrDigit(html[nameEnd]))
        {
            nameEnd++;
        }

        if (nameEnd == nameStart && (nameStart >= html.Length || html[nameStart] is not ('!' or '?')))
        {
            // A lone "<" is what it looks like.
            words.Append('<');
            return tag + 1;
        }

        var name = html[nameStart..nameEnd];
        var end = After(html, ">", nameEnd);
        if (Blocks.Contains(name))
        {
            AppendLine(words, name);
        }

        return nameStart == tag + 1 && Unseen.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? After(html, ">", After(html, "</" + name, end))
            : end;
    }

    private static int After(string html, string what, int from)
    {
        var found = from < html.Length ? html.IndexOf(what, from, StringComparison.OrdinalIgnoreCase) : -1;
        return found < 0 ? html.Length : found + what.Length;
    }

    private static void AppendLine(StringBuilder words, string block)
    {
        TrimEnd(words);
        if (block.Equals("br", StringComparison.OrdinalIgnoreCase) || (words.Length > 0 && words[^1] != '\n'))
        {
            words.Append('\n');
        }
    }

    // White space of the source is one space (CSS 2.1 section 16.6.1); references stand for themselves.
    private static void AppendText(StringBuilder words, ReadOnlySpan<char> text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is not (' ' or '\t' or '\r' or '\n'))
            {
                plain.Append(c);
            }
            else if (plain.Length > 0 ? plain[^1] != ' ' : words.Length > 0 && words[^1] is not (' ' or '\n'))
            {
                plain.Append(' ');
            }
        }

        words.Append(WebUtility.HtmlDecode(plain.ToString()));
    }

    private static void TrimEnd(StringBuilder words)
    {
        while (words.Length > 0 && words[^1] == ' ')
        {
            words.Length--;
        }
    }
}
