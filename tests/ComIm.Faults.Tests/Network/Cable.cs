using System.Collections.Concurrent;
using System.Net;
using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Faults.Tests.Chats;
using ComIm.TestKit;

namespace ComIm.Faults.Tests.Network;

/// <summary>A chat of alice, who is beside the server, with bob, who is behind a cable.</summary>
internal sealed class Cable : IAsyncDisposable
{
    /// <summary>No test waits this long unless something hangs: a client that found nobody for two minutes tries again after some.</summary>
    public static readonly TimeSpan Guard = TimeSpan.FromMinutes(4);

    private readonly ImClient _client;
    private readonly ConcurrentQueue<string> _read = new();
    private readonly SemaphoreSlim _more = new(0);
    private TestServer _server = null!;

    private Cable(TimeProvider time) => _client = new ImClient(new ImClientOptions { TimeProvider = time });

    public NetworkNamespace Network { get; } = NetworkNamespace.Create();

    public RemoteBob Bob { get; private set; } = null!;

    public Conversation ToBob { get; private set; } = null!;

    /// <summary>What alice has read.</summary>
    public IReadOnlyCollection<string> Read => _read;

    /// <summary>Signs both in.</summary>
    /// <param name="transport">Of both.</param>
    /// <param name="mode">Of both.</param>
    /// <param name="time">The clock of the server and of alice; bob's is the system's.</param>
    public static async Task<Cable> StartAsync(ImTransport transport, MessagingMode mode, TimeProvider time)
    {
        var cable = new Cable(time);
        cable._server = await TestServer.StartAsync(new IPEndPoint(cable.Network.Outside, 0), time);
        var alice = await cable._client.SignInAsync(cable._server.SettingsOf("alice", transport) with { MessagingMode = mode });
        alice.MessageReceived += (_, e) =>
        {
            cable._read.Enqueue(e.Message.Text);
            cable._more.Release();
        };
        cable.ToBob = alice.GetConversation("sip:bob@" + TestServer.Domain);
        cable.Bob = await RemoteBob.SignInAsync(cable.Network, cable._server.Address, transport, mode);
        return cable;
    }

    /// <summary>Waits until alice reads something that bob writes from now on.</summary>
    public async Task UntilReadAsync()
    {
        while (_more.Wait(0))
        {
            // Read before.
        }

        Assert.True(await _more.WaitAsync(Guard), "alice reads nothing any more:\n" + Bob.Output);
    }

    /// <summary>Waits until bob is written to.</summary>
    /// <param name="ledger">Alice's.</param>
    public async Task UntilDeliveredAsync(Ledger ledger)
    {
        using var patience = new CancellationTokenSource(Guard);
        while (!await ledger.TryWriteAsync())
        {
            Assert.False(patience.IsCancellationRequested, "nobody can write to bob:\n" + Bob.Output);

            // What he writes next says that he is there, perhaps.
            await UntilReadAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Bob is not null)
        {
            await Bob.DisposeAsync();
        }

        await _client.DisposeAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        Network.Dispose();
        _more.Dispose();
    }
}
