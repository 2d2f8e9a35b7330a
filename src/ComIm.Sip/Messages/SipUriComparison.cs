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
        && (a.Parameters == b.Parameters || AreSameParameters(a.Parameters, b.Parameters))
        && AreSameHeaders(a.Headers, b.Headers);

    // Apart from the user, before it is unescaped: a colon that stands escaped in the user begins no password.
    private static string? Password(SipUri uri) =>
        uri.UserInfo?.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? SipUriEscaping.Unescape(uri.UserInfo[(colon + 1)..]) : null;

    private static bool AreSameHost(SipUri a, SipUri b) =>
        string.Equals(a.Host, b.Host, StringComparison.OrdinalIgnoreCase)
        || (a.HostPort.Address is { } address && address.Equals(b.HostPort.Address));

    // By tables: whoever writes six thousand parameters would have each sought among six thousand.
    private static bool AreSameParameters(ParameterList a, ParameterList b)
    {
        var (ofA, ofB) = (Read(a), Read(b));
        return HasNothingAgainst(ofA, ofB) && HasNothingAgainst(ofB, ofA);
    }

    private static Dictionary<string, string> Read(ParameterList parameters)
    {
        var read = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in parameters.Enumerate())
        {
            read.TryAdd(name, value ?? string.Empty);
        }

        return read;
    }

    private static bool HasNothingAgainst(Dictionary<string, string> a, Dictionary<string, string> b)
    {
        foreach (var (name, value) in a)
        {
            if (b.TryGetValue(name, out var other)
                ? !string.Equals(value, other, StringComparison.OrdinalIgnoreCase)
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
