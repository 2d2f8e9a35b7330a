using System.Collections.Concurrent;
using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.TestKit;

namespace ComIm.Com.Tests.Wine;

/// <summary>
/// A server that scripts sign in to as alice, and bob, an <see cref="ImClient"/> in this process who answers. The
/// embedded server unless told otherwise: any server with these users will do.
/// </summary>
internal sealed class ChatServer : IAsyncDisposable
{
    private readonly TestServer? _embedded;
    private readonly ImClient _client = new();

    private ChatServer(TestServer? embedded, string address, string domain)
    {
        _embedded = embedded;
        Address = address;
        Domain = domain;
    }

    /// <summary>host:port</summary>
    public string Address { get; }

    public string Domain { get; }

    public string Alice => $"sip:alice@{Domain}";

    public string AlicePassword { get; init; } = "secret-alice";

    public string Bob => $"sip:bob@{Domain}";

    /// <summary>bob's account.</summary>
    public ImAccount Account { get; private set; } = null!;

    /// <summary>What bob has received.</summary>
    public BlockingCollection<string> Received { get; } = [];

    public static async Task<ChatServer> StartAsync(bool answer = true)
    {
        var embedded = await TestServer.StartAsync();
        var server = new ChatServer(embedded, embedded.Address, TestServer.Domain);
        await server.SignInAsync("secret-bob", answer);
        return server;
    }

    /// <summary>Uses a server that is already there, such as Kamailio.</summary>
    public static async Task<ChatServer> AtAsync(string address, string domain, string alicePassword, string bobPassword)
    {
        var server = new ChatServer(null, address, domain) { AlicePassword = alicePassword };
        await server.SignInAsync(bobPassword, answer: true);
        return server;
    }

    public string Take() => Received.TryTake(out var text, TimeSpan.FromSeconds(90)) ? text : throw new TimeoutException("bob received nothing.");

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        if (_embedded != null)
        {
            await _embedded.DisposeAsync();
        }
    }

    private async Task SignInAsync(string password, bool answer)
    {
        Account = await _client.SignInAsync(new ImAccountSettings { Address = Bob, Password = password, Server = Address });
        Account.MessageReceived += (_, e) =>
        {
            Received.Add(e.Message.Text);
            if (answer)
            {
                _ = Account.SendAsync(e.Message.From, "You said: " + e.Message.Text);
            }
        };
    }
}
