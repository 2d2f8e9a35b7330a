using System.Text;
using System.Text.RegularExpressions;
using ComIm.Sip.Authentication;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Trace;

/// <summary>
/// Blanks what proves a password. What is kept is listed, not what is blanked: of a scheme that nobody here knows, nothing is
/// shown but asterisks.
/// </summary>
internal static partial class TraceSecrets
{
    public const string Blank = "***";

    // What of Digest credentials tells how, and not with what (RFC 7616 section 3.4).
    private static readonly string[] Harmless = ["username", "realm", "algorithm", "qop", "nc"];
    private static readonly string[] Schemes = ["Digest", "Basic", "Bearer", "NTLM", "Kerberos", "Negotiate", "TLS-DSK"];

    /// <summary>The value of a field as it may be shown.</summary>
    public static string ValueOf(string name, string value) =>
        IsCredentials(name) ? Credentials(value)
        : Contains(name, "Authenticate") ? Challenges(value)
        : InUris(value);

    /// <summary>Whether a field of that name holds credentials or a proof, with whatever prefix.</summary>
    public static bool IsCredentials(string name) => Contains(name, "Authorization") || Contains(name, "Authentication-Info");

    /// <summary>Text with the passwords of its SIP URIs blanked (RFC 3261 section 19.1.1), and credentials among their headers.</summary>
    public static string InUris(string text)
    {
        var shown = text.Contains('@', StringComparison.Ordinal) ? UriPassword().Replace(text, "$1:" + Blank + "@") : text;
        return Contains(shown, "auth") ? UriCredentials().Replace(shown, "$1=" + Blank) : shown;
    }

    private static string Credentials(string value)
    {
        if (AuthenticationParameters.TryParse(value, out var credentials) && credentials.IsScheme("Digest"))
        {
            var shown = new StringBuilder("Digest ");
            foreach (var name in Harmless)
            {
                if (credentials[name] is { } known)
                {
                    shown.Append(name).Append('=').Append(QuotedString.Quote(known)).Append(", ");
                }
            }

            return shown.Append(Blank).ToString();
        }

        return SchemeOf(value) + Blank;
    }

    // A Digest challenge proves nothing. Those of other schemes may be half of a handshake that can be guessed at.
    private static string Challenges(string value)
    {
        if (!AuthenticationParameters.TryParseList(value, out var challenges))
        {
            return SchemeOf(value) + Blank;
        }

        return challenges.All(c => c.IsScheme("Digest"))
            ? value
            : string.Join(", ", challenges.Select(c => $"{SchemeOf(c.Scheme + " ")}realm={QuotedString.Quote(c.Realm ?? string.Empty)}, {Blank}"));
    }

    private static string SchemeOf(string value)
    {
        var space = value.AsSpan().IndexOfAny(' ', '\t');
        var scheme = space > 0 ? Schemes.FirstOrDefault(s => value.AsSpan(0, space).Equals(s, StringComparison.OrdinalIgnoreCase)) : null;
        return scheme is null ? string.Empty : scheme + " ";
    }

    private static bool Contains(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"(sips?:[^\s:@<>""]*):[^\s@<>""]*@", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex UriPassword();

    [GeneratedRegex(@"([a-z-]*(?:authorization|authentication-info|password))=[^&>\s""]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex UriCredentials();
}
