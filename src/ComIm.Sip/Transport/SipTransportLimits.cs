namespace ComIm.Sip.Transport;

/// <summary>How much peers may make a transport hold, and for how long. What exceeds a limit is refused or closed.</summary>
public sealed record SipTransportLimits
{
    /// <summary>The defaults.</summary>
    public static SipTransportLimits Default { get; } = new();

    /// <summary>Connections that others have made, in total; 20,000. A further one is closed at once.</summary>
    public int MaxConnections { get; init; } = 20_000;

    /// <summary>Connections from one source, an IPv4 address or a /64 of IPv6; 1,000, since many people may sit behind one address.</summary>
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
    /// How long a message may take from its first byte to its last on a connection made by another; a minute. Who sends it drop by drop
    /// would else have it held for as long as the connection lives.
    /// </summary>
    public TimeSpan MessageTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Bytes of messages that have not come whole, of all connections made by others; 128 MiB. Beyond that a connection that adds to them,
    /// and has more than 64 KiB waiting itself, is closed.
    /// </summary>
    public long MaxIncompleteBytes { get; init; } = 128L * 1024 * 1024;

    /// <summary>
    /// How long a connection made by another may be silent; 2 hours, twice the lifetime of a registration, since clients
    /// that keep no flow alive are still reached over it.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How long the answer to a keep-alive may take; 10 s (RFC 5626 section 4.4.1).</summary>
    public TimeSpan PongTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
