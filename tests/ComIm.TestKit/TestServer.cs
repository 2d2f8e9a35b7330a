using System.Net;
using System.Security.Cryptography.X509Certificates;
using ComIm.Client.Accounts;
using ComIm.Server;
using ComIm.Server.Conferencing;
using ComIm.Server.Presence;
using ComIm.Server.Storage;
using ComIm.Sip.Authentication;

namespace ComIm.TestKit;

/// <summary>The embedded server on a free loopback port, and clients that are signed in to it.</summary>
public sealed class TestServer : IAsyncDisposable
{
    public const string Domain = "example.com";

    private readonly ImServer _server;

    private TestServer(ImServer server, WatcherRules watchers) => (_server, Watchers) = (server, watchers);

    public ImServer Server => _server;

    /// <summary>Who may see whose presence.</summary>
    public WatcherRules Watchers { get; }

    public string Address => _server.LocalEndPoint.ToString();

    public static async Task<TestServer> StartAsync(
        IPEndPoint? endPoint = null, TimeProvider? time = null, X509Certificate2? certificate = null, int? tlsPort = null, DigestVerifierOptions? digest = null, ConferenceOptions? conferences = null,
        MessageStoreOptions? store = null, bool requiresAuthentication = true)
    {
        var watchers = new WatcherRules();
        return new(await ImServer.StartAsync(new ImServerOptions
        {
            Domain = Domain,
            EndPoint = endPoint ?? new IPEndPoint(IPAddress.Loopback, 0),
            Users = new UserList(["alice:secret-alice", "bob:secret-bob", "carol:secret-carol"]),
            TimeProvider = time ?? TimeProvider.System,
            Certificate = certificate,
            TlsPort = tlsPort,
            Store = store,
            Digest = digest ?? new DigestVerifierOptions(),
            RequiresAuthentication = requiresAuthentication,
            Conferences = conferences ?? new ConferenceOptions(),
            Watchers = watchers,
        }), watchers);
    }

    public ImAccountSettings SettingsOf(string user, ImTransport transport = ImTransport.Udp) => new()
    {
        Address = $"sip:{user}@{Domain}",
        Password = "secret-" + user,
        Server = transport == ImTransport.Tls ? _server.TlsEndPoint!.ToString() : Address,
        Transport = transport,
    };

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
