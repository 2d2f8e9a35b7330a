namespace ComIm.Client.Accounts;

/// <summary>The transport between a client and its server.</summary>
public enum ImTransport
{
    /// <summary>Datagrams (RFC 3261 section 18).</summary>
    Udp,

    /// <summary>A stream.</summary>
    Tcp,

    /// <summary>A stream inside TLS; the server must prove its name (RFC 5922).</summary>
    Tls,
}
