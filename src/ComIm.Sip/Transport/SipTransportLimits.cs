namespace ComIm.Sip.Transport;

/// <summary>How much peers may make a transport hold, and for how long. What exceeds a limit is refused or closed.</summary>
public sealed record SipTransportLimits
{
    /// <summary>The defaults.</summary>
    public static SipTransportLimits Default { get; } = new();

    /// <summary>Connections that others have made, in total; 20,000. A further one is closed at once.</summary>
    public int MaxConnections { get; init; } = 20_000;

    /// <summary>Connections from one address; 1,000, since many people may sit behind one address.</summary>
    public int MaxConnectionsPerAddress { get; init; } = 1_000;

    /// <summary>Bytes that may wait for a slow peer on one connection; 1 MiB. Beyond that senders wait.</summary>
    public int MaxPendingBytes { get; init; } = 1024 * 1024;

    /// <summary>How long a peer may read nothing while bytes wait for it; 30 s. Then the connection is closed.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long making a connection may take, the TLS handshake included; 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection made by another may stay without one whole message; 30 s, the TLS handshake included.</summary>
    public TimeSpan FirstMessageTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a connection made by another may be silent; 2 hours, twice the lifetime of a registration, since clients
    /// that keep no flow alive are still reached over it.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How long the answer to a keep-alive may take; 10 s (RFC 5626 section 4.4.1).</summary>
    public TimeSpan PongTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
