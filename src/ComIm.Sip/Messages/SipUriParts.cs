namespace ComIm.Sip.Messages;

/// <summary>The parts of a SIP URI as they stand in its text (RFC 3261 section 25.1), found without allocating.</summary>
internal readonly ref struct SipUriParts
{
    private SipUriParts(
        bool isSecure, bool hasUser, ReadOnlySpan<char> userInfo, ReadOnlySpan<char> host, int? port, ReadOnlySpan<char> parameters, ReadOnlySpan<char> headers)
    {
        IsSecure = isSecure;
        HasUser = hasUser;
        UserInfo = userInfo;
        Host = host;
        Port = port;
        Parameters = parameters;
        Headers = headers;
    }

    public bool IsSecure { get; }

    public bool HasUser { get; }

    public ReadOnlySpan<char> UserInfo { get; }

    public ReadOnlySpan<char> Host { get; }

    public int? Port { get; }

    /// <summary>Empty, or beginning with a semicolon.</summary>
    public ReadOnlySpan<char> Parameters { get; }

    /// <summary>Empty, or what follows the question mark.</summary>
    public ReadOnlySpan<char> Headers { get; }

    public static bool TryRead(ReadOnlySpan<char> text, out SipUriParts parts)
    {
        parts = default;
        var colon = text.IndexOf(':');
        if (colon < 0 || text.ContainsAny(SipChars.NeverInUri))
        {
            return false;
        }

        var secure = text[..colon].Equals("sips", StringComparison.OrdinalIgnoreCase);
        if (!secure && !text[..colon].Equals("sip", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var rest = text[(colon + 1)..];

        // The user part may hold ; and ?, so the @ is sought before them; it may not hold an unescaped @ itself.
        var at = rest.IndexOf('@');
        var userInfo = at < 0 ? default : rest[..at];
        rest = rest[(at + 1)..];
        if (at == 0 || userInfo is [':', ..] || !SipUriEscaping.IsValid(userInfo))
        {
            return false;
        }

        var question = rest.IndexOf('?');
        var headers = question < 0 ? default : rest[(question + 1)..];
        rest = question < 0 ? rest : rest[..question];
        var semicolon = rest.IndexOf(';');
        var parameters = semicolon < 0 ? default : rest[semicolon..];
        if (parameters.Contains('@') || !HostPort.TryRead(semicolon < 0 ? rest : rest[..semicolon], out var host, out var port))
        {
            return false;
        }

        parts = new SipUriParts(secure, at > 0, userInfo, host, port, parameters, headers);
        return true;
    }
}
