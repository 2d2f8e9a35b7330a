using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ComIm.Sip.Messages;

/// <summary>hostport of RFC 3261 section 25.1: a name, an IPv4 address or an IPv6 address in brackets, and a port.</summary>
/// <param name="Host">Brackets included, as it stands on the wire.</param>
/// <param name="Port">1 to 65535, or null.</param>
public readonly record struct HostPort(string Host, int? Port)
{
    /// <summary>The address, where the host is one.</summary>
    public IPAddress? Address => Host[0] == '[' ? TryParseReference(Host)
        : char.IsAsciiDigit(Host[0]) ? TryParseDotted(Host) : null;

    /// <summary>Host and port of an endpoint.</summary>
    /// <param name="endPoint">The endpoint.</param>
    public static HostPort Of(IPEndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        return new HostPort(Format(endPoint.Address), endPoint.Port);
    }

    /// <summary>Reads <c>host</c>, <c>host:port</c> or <c>[ipv6]:port</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The value, where it is one.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out HostPort value)
    {
        value = default;
        if (!TryRead(text, out var host, out var port))
        {
            return false;
        }

        value = new HostPort(host.ToString(), port);
        return true;
    }

    /// <summary>As it stands on the wire.</summary>
    public override string ToString() => Port is { } port ? string.Create(CultureInfo.InvariantCulture, $"{Host}:{port}") : Host;

    /// <summary>The same without allocating.</summary>
    internal static bool TryRead(ReadOnlySpan<char> text, out ReadOnlySpan<char> host, out int? port)
    {
        host = default;
        port = null;
        text = SipChars.Trim(text);
        var end = text is ['[', ..] ? text.IndexOf(']') + 1 : text.IndexOf(':') is var c and >= 0 ? c : text.Length;
        host = SipChars.Trim(text[..end]);
        if (end <= 0 || !IsHost(host))
        {
            return false;
        }

        var rest = SipChars.Trim(text[end..]);
        if (rest.IsEmpty)
        {
            return true;
        }

        // Via allows white space around the colon (RFC 3261 section 25.1, sent-by).
        if (rest[0] != ':' || !SipNumber.TryParse(SipChars.Trim(rest[1..]), out var number) || number is 0 or > 65535)
        {
            return false;
        }

        port = (int)number;
        return true;
    }

    internal static string Format(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? "[" + WithoutScope(address) + "]" : address.ToString();

    /// <summary>A scope id means something on this host only, and the grammar has no place for it.</summary>
    internal static IPAddress WithoutScope(IPAddress address) =>
        address is { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 } ? new IPAddress(address.GetAddressBytes()) : address;

    /// <summary>
    /// An IPv6 address in brackets. The grammar of RFC 3261 has a slip that gives three colons where two are meant; both are
    /// read (RFC 5118 section 4.10).
    /// </summary>
    private static IPAddress? TryParseReference(ReadOnlySpan<char> host)
    {
        var text = host.IndexOf(":::") is var slip and > 0 ? string.Concat(host[..slip], host[(slip + 1)..]) : host;
        return !host.Contains('%') && IPAddress.TryParse(text, out var address) ? address : null;
    }

    /// <summary>
    /// IPv4address of the grammar: four decimal numbers. The framework reads other things, too, and some of these otherwise: 010 as
    /// 8, and 5060 as 0.0.19.196.
    /// </summary>
    private static IPAddress? TryParseDotted(ReadOnlySpan<char> host)
    {
        Span<byte> bytes = stackalloc byte[4];
        var count = 0;
        foreach (var range in host.Split('.'))
        {
            if (count == bytes.Length || host[range].Length > 3 || !SipNumber.TryParse(host[range], out var number) || number > byte.MaxValue)
            {
                return null;
            }

            bytes[count++] = (byte)number;
        }

        return count == bytes.Length ? new IPAddress(bytes) : null;
    }

    private static bool IsHost(ReadOnlySpan<char> host)
    {
        if (host is ['[', .., ']'])
        {
            return TryParseReference(host) is not null;
        }

        foreach (var c in host)
        {
            // An underscore is in no host grammar, yet in many names of real networks.
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '_'))
            {
                return false;
            }
        }

        return !host.IsEmpty;
    }
}
