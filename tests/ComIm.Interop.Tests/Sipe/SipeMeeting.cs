using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.Interop.Tests.Table;
using ComIm.TestKit;

namespace ComIm.Interop.Tests.Sipe;

/// <summary>A server, alice who is one of us and chats in sessions, and bob with pidgin-sipe, both signed in.</summary>
internal sealed class SipeMeeting : IAsyncDisposable
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    private readonly SipeServer _server;
    private readonly ImClient _client;

    private SipeMeeting(SipeServer server, ImClient client, ImAccount alice, SipePeer bob)
    {
        _server = server;
        _client = client;
        Alice = alice;
        Bob = bob;
    }

    public ImAccount Alice { get; }

    public SipePeer Bob { get; }

    /// <summary>Signs one more of us in.</summary>
    public Task<ImAccount> SignInAsync(string user) =>
        _client.SignInAsync(_server.SettingsOf(user, ImTransport.Udp) with { MessagingMode = MessagingMode.Session });

    public static async Task<SipeMeeting> StartAsync(
        SipeServerKind kind, ImTransport transport, Func<ImAccountSettings, ImAccountSettings>? change = null)
    {
        Skip.IfNot(SipePeer.IsInstalled(out var reason), reason);
        Skip.IfNot(kind == SipeServerKind.Embedded || Requires.Kamailio(out reason), reason);
        var server = await SipeServer.StartAsync(kind);
        var client = new ImClient();
        try
        {
            var settings = server.SettingsOf("alice", transport) with { MessagingMode = MessagingMode.Session };
            var alice = await client.SignInAsync(change?.Invoke(settings) ?? settings);
            return new SipeMeeting(server, client, alice, await SipePeer.StartAsync("bob", TestServer.Domain, server.EndPoint));
        }
        catch
        {
            await client.DisposeAsync();
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Notes for the table of peers what a test has seen.</summary>
    public static void See(Capability capability, string verdict = InteropTable.Yes) => InteropTable.Record(Peer.PidginSipe, capability, verdict);

    /// <summary>What comes next, and from whom.</summary>
    public static async Task<(string Text, string From)> NextAsync(IAsyncEnumerator<ChatMessage> received)
    {
        Assert.True(await received.MoveNextAsync().AsTask().WaitAsync(Guard));
        return (received.Current.Text, received.Current.From);
    }

    public async ValueTask DisposeAsync()
    {
        await Bob.DisposeAsync();
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }
}
