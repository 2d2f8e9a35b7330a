using System.Text;

namespace ComIm.Cli.Terminal;

/// <summary>
/// Makes text from the network harmless to a terminal: a message must neither move the cursor nor pretend to be
/// another line of our output.
/// </summary>
internal static class SafeText
{
    private const string Continuation = "\n    ";

    /// <summary>Keeps line breaks, but indents what follows them, so that only our own lines begin at the margin.</summary>
    /// <param name="text">Text of a message.</param>
    public static string Indented(string text) => Clean(text, Continuation);

    /// <summary>Makes one line of it.</summary>
    /// <param name="text">Text of an error or of a header field.</param>
    public static string OneLine(string text) => Clean(text, " ").Trim();

    // Embeddings, overrides and isolates of Unicode's bidirectional algorithm (UAX 9 section 2): they would show what follows on the
    // line in another order than it stands, our own words among it. The marks that Hebrew and Arabic need are others.
    private static bool IsDirection(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static string Clean(string text, string lineBreak)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var c in text.ReplaceLineEndings("\n"))
        {
            switch (c)
            {
                case '\n':
                    clean.Append(lineBreak);
                    break;
                case '\t':
                    clean.Append(c);
                    break;
                default:
                    clean.Append(char.IsControl(c) || IsDirection(c) ? '\uFFFD' : c);
                    break;
            }
        }

        return clean.ToString();
    }
}
