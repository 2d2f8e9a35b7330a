using System.Net;
using ComIm.Client.Accounts;
using ComIm.TestKit;

namespace ComIm.Interop.Tests.Sipe;

/// <summary>A server for pidgin-sipe and for us.</summary>
internal sealed class SipeServer : IAsyncDisposable
{
    private readonly IAsyncDisposable _running;

    private SipeServer(IAsyncDisposable running, IPEndPoint endPoint)
    {
        _running = running;
        EndPoint = endPoint;
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Starts it.</summary>
    public static async Task<SipeServer> StartAsync(SipeServerKind kind)
    {
        if (kind == SipeServerKind.Embedded)
        {
            var server = await TestServer.StartAsync(requiresAuthentication: false);
            return new SipeServer(server, server.Server.LocalEndPoint);
        }

        var kamailio = await KamailioServer.StartAsync(new KamailioOptions
        {
            HasEventCategories = kind == SipeServerKind.KamailioOf2007,
            HasPresence = kind == SipeServerKind.KamailioOf2005,
        });
        return new SipeServer(kamailio, kamailio.EndPoint);
    }

    /// <summary>How one of us signs in.</summary>
    public ImAccountSettings SettingsOf(string user, ImTransport transport) => new()
    {
        Address = $"sip:{user}@{TestServer.Domain}",
        Password = "secret-" + user,
        Server = EndPoint.ToString(),
        Transport = transport,
    };

    public ValueTask DisposeAsync() => _running.DisposeAsync();
}
