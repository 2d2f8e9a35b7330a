using ComIm.Client.Accounts;
using ComIm.Interop.Tests.Table;
using ComIm.TestKit;

namespace ComIm.Interop.Tests.Chat;

/// <summary>One embedded server for the whole suite.</summary>
public sealed class EmbeddedFixture : IChatServer, IAsyncLifetime, IDisposable
{
    private readonly TestAuthority _authority = new();
    private TestServer? _server;

    public string? Missing => null;

    public Peer? Peer => null;

    public ImAccountSettings SettingsOf(string user, ImTransport transport) =>
        _server!.SettingsOf(user, transport) with { TrustedRoots = _authority.Roots };

    public async Task InitializeAsync() => _server = await TestServer.StartAsync(certificate: _authority.Issue("127.0.0.1", TestServer.Domain));

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    public void Dispose() => _authority.Dispose();
}
