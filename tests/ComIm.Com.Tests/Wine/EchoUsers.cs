using System.Net;
using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.Server;
using ComIm.TestKit;

namespace ComIm.Com.Tests.Wine;

/// <summary>A server with alice, and many who send back in their sessions what they are sent.</summary>
internal sealed class EchoUsers : IAsyncDisposable
{
    private const int InMemory = 10;

    private readonly ImServer _server;
    private readonly ImClient _client = new(new ImClientOptions { MessagesInMemory = InMemory });

    private EchoUsers(ImServer server) => _server = server;

    public string Address => _server.LocalEndPoint.ToString();

    public static async Task<EchoUsers> SignInAsync(int count)
    {
        var users = new EchoUsers(await ImServer.StartAsync(new ImServerOptions
        {
            Domain = TestServer.Domain,
            EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
            Users = new UserList(["alice:secret-alice", .. Enumerable.Range(0, count).Select(i => $"user{i}:secret-{i}")]),
        }));
        for (var i = 0; i < count; i++)
        {
            var account = await users._client.SignInAsync(new ImAccountSettings
            {
                Address = $"sip:user{i}@{TestServer.Domain}",
                Password = $"secret-{i}",
                Server = users.Address,
                Transport = ImTransport.Tcp,
                MessagingMode = MessagingMode.Session,
            });
            account.MessageReceived += static (_, e) => _ = e.Conversation.SendAsync(e.Message.Text);
        }

        return users;
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }
}
