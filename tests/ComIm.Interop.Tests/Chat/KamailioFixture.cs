using ComIm.Client.Accounts;
using ComIm.Interop.Tests.Table;
using ComIm.TestKit;

namespace ComIm.Interop.Tests.Chat;

/// <summary>One Kamailio for the whole suite.</summary>
public sealed class KamailioFixture : IChatServer, IAsyncLifetime, IDisposable
{
    private readonly TestAuthority _authority = new();
    private KamailioServer? _server;

    public string? Missing => Requires.Kamailio(out var reason) ? null : reason;

    public Peer? Peer => Table.Peer.Kamailio;

    public ImAccountSettings SettingsOf(string user, ImTransport transport) => new()
    {
        Address = $"sip:{user}@{KamailioServer.Domain}",
        Password = _server!.Passwords[user],
        Server = (transport == ImTransport.Tls ? _server.TlsEndPoint! : _server.EndPoint).ToString(),
        Transport = transport,
        TrustedRoots = _authority.Roots,
    };

    public async Task InitializeAsync()
    {
        if (Missing is null)
        {
            _server = await KamailioServer.StartAsync(new KamailioOptions { Certificate = _authority.Issue("127.0.0.1", KamailioServer.Domain) });
        }
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    public void Dispose() => _authority.Dispose();
}
