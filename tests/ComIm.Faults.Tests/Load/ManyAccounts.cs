using System.Net;
using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.Server;
using ComIm.TestKit;

namespace ComIm.Faults.Tests.Load;

/// <summary>A server and many who are signed in to it, half over UDP and half over TCP, half in sessions and half with pager messages.</summary>
internal sealed class ManyAccounts : IAsyncDisposable
{
    private const int AtOnce = 32;

    // Of each conversation; else memory grows for as long as people write, up to a bound.
    private const int InMemory = 10;

    private readonly ImClient _client;

    private ManyAccounts(ImServer server, ImClient client, IReadOnlyList<ImAccount> all) => (Server, _client, All) = (server, client, all);

    public ImServer Server { get; }

    public IReadOnlyList<ImAccount> All { get; }

    public static async Task<ManyAccounts> SignInAsync(int count, TimeProvider time)
    {
        var server = await ImServer.StartAsync(new ImServerOptions
        {
            Domain = TestServer.Domain,
            EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
            Users = new UserList([.. Enumerable.Range(0, count).Select(i => $"user{i}:secret-{i}")]),
            TimeProvider = time,
        });
        var client = new ImClient(new ImClientOptions { TimeProvider = time, MessagesInMemory = InMemory });
        var accounts = new ImAccount[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, stop) =>
            accounts[i] = await client.SignInAsync(SettingsOf(i, server.LocalEndPoint), stop));
        return new ManyAccounts(server, client, accounts);
    }

    public async ValueTask DisposeAsync()
    {
        await Parallel.ForEachAsync(All, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, static async (a, _) => await a.SignOutAsync(CancellationToken.None));
        await _client.DisposeAsync();
        await Server.DisposeAsync();
    }

    // Pairs of neighbours talk: each pair is of one kind.
    private static ImAccountSettings SettingsOf(int number, IPEndPoint server) => new()
    {
        Address = $"sip:user{number}@{TestServer.Domain}",
        Password = $"secret-{number}",
        Server = server.ToString(),
        Transport = number / 2 % 2 == 0 ? ImTransport.Udp : ImTransport.Tcp,
        MessagingMode = number / 4 % 2 == 0 ? MessagingMode.Session : MessagingMode.Pager,

        // With them a message has about 1,300 bytes, beyond which it goes over a connection of its own (RFC 3261 section 18.1.1): one
        // account after another would open one as its numbers get longer.
        RequestReceipts = number / 2 % 2 != 0,
    };
}
