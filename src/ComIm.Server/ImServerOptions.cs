using System.Net;
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

    /// <summary>The users.</summary>
    public required IUserStore Users { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where diagnostics go. Passwords are never written.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
