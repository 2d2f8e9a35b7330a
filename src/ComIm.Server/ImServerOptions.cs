using System.Net;
using System.Security.Cryptography.X509Certificates;
using ComIm.Server.Conferencing;
using ComIm.Server.Limits;
using ComIm.Server.Presence;
using ComIm.Server.Storage;
using ComIm.Sip.Authentication;
using ComIm.Sip.Transport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ComIm.Server;

/// <summary>What an <see cref="ImServer"/> is told.</summary>
public sealed record ImServerOptions
{
    /// <summary>The domain whose users it serves; also the digest realm.</summary>
    public required string Domain { get; init; }

    /// <summary>Address and port for UDP and TCP; port 0 takes a free one. Loopback unless told otherwise.</summary>
    public IPEndPoint EndPoint { get; init; } = new(IPAddress.Loopback, 5060);

    /// <summary>
    /// The server's certificate with its private key; with it the server also listens for TLS. It must name
    /// <see cref="Domain"/> or the host that clients ask for, in its subjectAltName (RFC 5922).
    /// </summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>
    /// The port for TLS, at the address of <see cref="EndPoint"/>. Null takes 5061 beside 5060, else the one above
    /// <see cref="EndPoint"/>'s, or a free one where that one is 0.
    /// </summary>
    public int? TlsPort { get; init; }

    /// <summary>How many connections there may be, and how long they may wait.</summary>
    public SipTransportLimits TransportLimits { get; init; } = SipTransportLimits.Default;

    /// <summary>The users.</summary>
    public required IUserStore Users { get; init; }

    /// <summary>What is too much at once.</summary>
    public ServerLimits Limits { get; init; } = new();

    /// <summary>
    /// Where messages for users who are away are kept, and with them registrations over UDP and users' watcher rules; null keeps none, and
    /// such a message is answered 480.
    /// </summary>
    public MessageStoreOptions? Store { get; init; }

    /// <summary>Who may see whose presence; users of the domain may see each other where nothing else is said.</summary>
    public WatcherRules Watchers { get; init; } = new();

    /// <summary>The conference focus.</summary>
    public ConferenceOptions Conferences { get; init; } = new();

    /// <summary>
    /// Whether users prove who they are. Only a closed test network does without: with false every From is believed.
    /// </summary>
    public bool RequiresAuthentication { get; init; } = true;

    /// <summary>
    /// What proof of passwords is asked for. Some old clients look at the first challenge only: they need
    /// <see cref="DigestAlgorithm.Md5"/> alone, or first.
    /// </summary>
    public DigestVerifierOptions Digest { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Makes the transports in place of the sockets; null for sockets.</summary>
    internal Func<SipTransportOptions, IReadOnlyList<ISipTransport>>? BindTransports { get; init; }

    /// <summary>Where diagnostics go. Passwords are never written.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
