namespace ComIm.Sip.Messages;

/// <summary>When two URIs name the same resource (RFC 3261 section 19.1.4).</summary>
internal static class SipUriComparison
{
    // A parameter among these must be in both or in neither; any other is ignored where only one has it.
    private static readonly string[] Decisive = ["user", "ttl", "method", "maddr", "transport"];

    public static bool AreEqual(SipUri a, SipUri? b) =>
        b is not null
        && a.IsSecure == b.IsSecure
        && string.Equals(a.User, b.User, StringComparison.Ordinal)
        && string.Equals(Password(a), Password(b), StringComparison.Ordinal)
        && AreSameHost(a, b)
        && a.Port == b.Port
        && HasNothingAgainst(a, b)
        && HasNothingAgainst(b, a)
        && AreSameHeaders(a.Headers, b.Headers);

    // Apart from the user, before it is unescaped: a colon that stands escaped in the user begins no password.
    private static string? Password(SipUri uri) =>
        uri.UserInfo?.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? SipUriEscaping.Unescape(uri.UserInfo[(colon + 1)..]) : null;

    private static bool AreSameHost(SipUri a, SipUri b) =>
        string.Equals(a.Host, b.Host, StringComparison.OrdinalIgnoreCase)
        || (a.HostPort.Address is { } address && address.Equals(b.HostPort.Address));

    private static bool HasNothingAgainst(SipUri a, SipUri b)
    {
        foreach (var (name, value) in a.Parameters.Enumerate())
        {
            if (b.Parameters.Contains(name)
                ? !string.Equals(value ?? string.Empty, b.Parameters.Get(name), StringComparison.OrdinalIgnoreCase)
                : Decisive.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreSameHeaders(string a, string b) =>
        string.Equals(a, b, StringComparison.OrdinalIgnoreCase)
        || a.Split('&').Order(StringComparer.OrdinalIgnoreCase).SequenceEqual(
            b.Split('&').Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
}
