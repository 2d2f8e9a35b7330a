using System.Text;

namespace ComIm.Sip.Messages;

/// <summary>A SIP or SIPS URI (RFC 3261 section 19.1). It does not change; the With methods make new ones.</summary>
public sealed class SipUri : IEquatable<SipUri>
{
    private string? _text;

    private SipUri(bool secure, string? userInfo, HostPort hostPort, ParameterList parameters, string headers)
    {
        IsSecure = secure;
        UserInfo = userInfo;
        HostPort = hostPort;
        Parameters = parameters;
        Headers = headers;
    }

    /// <summary>Makes a sip URI.</summary>
    /// <param name="user">The user part, unescaped; null for none.</param>
    /// <param name="host">Host and port.</param>
    public SipUri(string? user, HostPort host)
        : this(false, user is null ? null : SipUriEscaping.EscapeUser(user), host, ParameterList.Empty, string.Empty)
    {
    }

    /// <summary>True for sips.</summary>
    public bool IsSecure { get; }

    /// <summary>User and password as they stand on the wire, escapes included; null where there is none.</summary>
    public string? UserInfo { get; }

    /// <summary>The user part, unescaped; null where there is none.</summary>
    public string? User => UserInfo is null ? null : SipUriEscaping.Unescape(UserInfo.Split(':', 2)[0]);

    /// <summary>Host and port.</summary>
    public HostPort HostPort { get; }

    /// <summary>The host.</summary>
    public string Host => HostPort.Host;

    /// <summary>The port, or null.</summary>
    public int? Port => HostPort.Port;

    /// <summary>The URI parameters.</summary>
    public ParameterList Parameters { get; }

    /// <summary>What stands behind the question mark, or empty.</summary>
    public string Headers { get; }

    /// <summary>Scheme, user and host without port, parameters or headers: what a registrar looks up (RFC 3261 section 10.3).</summary>
    public SipUri AddressOfRecord => new(IsSecure, UserInfo, new HostPort(Host, null), ParameterList.Empty, string.Empty);

    /// <summary>Reads a URI.</summary>
    /// <param name="text">The text; surrounding white space is not part of a URI.</param>
    /// <exception cref="FormatException">It is not a SIP URI.</exception>
    public static SipUri Parse(string text) =>
        TryParse(text, out var uri) ? uri : throw new FormatException($"'{text}' is not a SIP URI such as sip:alice@example.com.");

    /// <summary>Reads a URI.</summary>
    /// <param name="text">The text.</param>
    /// <param name="uri">The URI, where it is one.</param>
    public static bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SipUri? uri)
    {
        uri = null;
        if (!SipUriParts.TryRead(text, out var parts))
        {
            return false;
        }

        uri = new SipUri(
            parts.IsSecure,
            parts.HasUser ? parts.UserInfo.ToString() : null,
            new HostPort(parts.Host.ToString(), parts.Port),
            new ParameterList(parts.Parameters.ToString()),
            parts.Headers.ToString());
        return true;
    }

    /// <summary>The URI with a parameter set.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value; null for none.</param>
    public SipUri WithParameter(string name, string? value) => new(IsSecure, UserInfo, HostPort, Parameters.With(name, value), Headers);

    /// <summary>The URI without a parameter.</summary>
    /// <param name="name">Its name.</param>
    public SipUri WithoutParameter(string name) => new(IsSecure, UserInfo, HostPort, Parameters.Without(name), Headers);

    /// <summary>The URI without headers and without the method parameter, as a Request-URI must be (RFC 3261 section 19.1.1).</summary>
    public SipUri WithoutHeaders() => new(IsSecure, UserInfo, HostPort, Parameters.Without("method"), string.Empty);

    /// <summary>As it stands on the wire.</summary>
    public override string ToString() => _text ??= ToText();

    private string ToText()
    {
        var text = new StringBuilder(IsSecure ? "sips:" : "sip:");
        if (UserInfo is not null)
        {
            text.Append(UserInfo).Append('@');
        }

        text.Append(HostPort).Append(Parameters.Text);
        return Headers.Length == 0 ? text.ToString() : text.Append('?').Append(Headers).ToString();
    }

    /// <summary>Equality by RFC 3261 section 19.1.4.</summary>
    /// <param name="other">Another URI.</param>
    public bool Equals(SipUri? other) => SipUriComparison.AreEqual(this, other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SipUri);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(User, HostPort.Address?.GetHashCode() ?? StringComparer.OrdinalIgnoreCase.GetHashCode(Host), Port);
}
