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

    /// <summary>
    /// Whatever the server's domain offers (RFC 3263): what its NAPTR records prefer, else TLS before TCP before UDP. A server that
    /// is given with its port is asked over UDP.
    /// </summary>
    Auto,
}
