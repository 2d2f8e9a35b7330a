namespace ComIm.Sip.Messages;

/// <summary>The parts of a Via value as they stand in its text (RFC 3261 section 25.1), found without allocating.</summary>
internal readonly ref struct ViaParts
{
    private ViaParts(ReadOnlySpan<char> transport, ReadOnlySpan<char> host, int? port, ReadOnlySpan<char> parameters)
    {
        Transport = transport;
        Host = host;
        Port = port;
        Parameters = parameters;
    }

    public ReadOnlySpan<char> Transport { get; }

    public ReadOnlySpan<char> Host { get; }

    public int? Port { get; }

    /// <summary>Empty, or beginning with a semicolon.</summary>
    public ReadOnlySpan<char> Parameters { get; }

    /// <summary>Reads the first value of a Via header.</summary>
    public static bool TryReadFirst(ReadOnlySpan<char> text, out ViaParts parts)
    {
        parts = default;
        var comma = HeaderValueList.IndexOfComma(text);
        var rest = SipChars.Trim(comma < 0 ? text : text[..comma]);

        // sent-protocol: name SLASH version SLASH transport, white space allowed around each slash
        if (!TryReadPart(ref rest, out var name) || !name.Equals("SIP", StringComparison.OrdinalIgnoreCase)
            || !TryReadPart(ref rest, out var version) || version is not "2.0")
        {
            return false;
        }

        var end = rest.IndexOfAny(' ', '\t');
        if (end <= 0 || !SipChars.IsToken(rest[..end]))
        {
            return false;
        }

        var transport = rest[..end];
        rest = SipChars.Trim(rest[end..]);
        var semicolon = rest.IndexOf(';');
        var parameters = semicolon < 0 ? default : rest[semicolon..];
        if (!HostPort.TryRead(semicolon < 0 ? rest : rest[..semicolon], out var host, out var port))
        {
            return false;
        }

        parts = new ViaParts(transport, host, port, parameters);
        return ParameterText.IsWellFormed(parameters);
    }

    private static bool TryReadPart(scoped ref ReadOnlySpan<char> text, out ReadOnlySpan<char> part)
    {
        var index = text.IndexOf('/');
        part = index < 0 ? default : SipChars.Trim(text[..index]);
        text = index < 0 ? text : SipChars.Trim(text[(index + 1)..]);
        return index >= 0;
    }
}
