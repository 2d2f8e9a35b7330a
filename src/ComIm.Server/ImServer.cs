using System.Net;

namespace ComIm.Server;

/// <summary>The embedded SIP server: registrar and stateful proxy of one domain, on UDP and TCP of the same port.</summary>
public sealed class ImServer : IAsyncDisposable
{
    private readonly ImServerOptions _options;

    private ImServer(ImServerOptions options) => _options = options;

    /// <summary>Where it listens, with the port that was given out where 0 was asked for.</summary>
    public IPEndPoint LocalEndPoint => throw new NotImplementedException();

    /// <summary>The domain it serves.</summary>
    public string Domain => _options.Domain;

    /// <summary>Starts listening.</summary>
    /// <param name="options">Domain, listener and users.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="System.Net.Sockets.SocketException">The address or port cannot be had.</exception>
    public static Task<ImServer> StartAsync(ImServerOptions options, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Stops listening and forgets every registration.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
