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
                    clean.Append(char.IsControl(c) ? '\uFFFD' : c);
                    break;
            }
        }

        return clean.ToString();
    }
}
