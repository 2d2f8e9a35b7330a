using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.TestKit;
using Xunit.Abstractions;

namespace ComIm.Faults.Tests.Chats;

/// <summary>
/// Chats on real sockets through relays that lose, delay, double and reorder: they go on, nothing is doubled, and nothing is lost
/// without a report.
/// </summary>
public sealed class RelayedChatTests(ITestOutputHelper output)
{
    private const int Rounds = 4;
    private const int CountOfRound = 5;

    // Retransmissions come after 125 ms instead of 500 ms, and a transaction is given up after 8 s.
    private const int Speed = 4;

    private readonly FastTimeProvider _time = new(Speed);

    public static TheoryData<string, ImTransport, MessagingMode> Ways
    {
        get
        {
            var data = new TheoryData<string, ImTransport, MessagingMode>();
            foreach (var server in new[] { "embedded", "kamailio" })
            {
                foreach (var transport in new[] { ImTransport.Udp, ImTransport.Tcp })
                {
                    data.Add(server, transport, MessagingMode.Pager);
                    data.Add(server, transport, MessagingMode.Session);
                }
            }

            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Ways))]
    public async Task Chat_OverABadNetwork_GoesOnAndEveryMessageIsAccountedFor(string kind, ImTransport transport, MessagingMode mode)
    {
        await using var server = await ChatServer.StartAsync(kind, _time);
        await using var alice = await Person.SignInAsync("alice", server.EndPoint, transport, mode, _time, seed: 1);
        await using var bob = await Person.SignInAsync("bob", server.EndPoint, transport, mode, _time, seed: 2);
        var (fromAlice, fromBob) = (new Ledger(alice.With(bob), "alice"), new Ledger(bob.With(alice), "bob"));
        fromAlice.Write(1);
        await fromAlice.SettleAsync();

        var bad = BadNetwork.Of(transport);
        (alice.Dice.Conditions, bob.Dice.Conditions) = (bad, bad);
        for (var round = 0; round < Rounds; round++)
        {
            fromAlice.Write(CountOfRound);
            fromBob.Write(CountOfRound);
            (round % 2 == 0 ? alice : bob).Break();
            await Task.WhenAll(fromAlice.SettleAsync(), fromBob.SettleAsync());

            // A connection that broke is made again, and the chat goes on; a good network is not needed for that.
            await Task.WhenAll(alice.UntilSignedInAsync(), bob.UntilSignedInAsync());
            if (transport != ImTransport.Udp)
            {
                await fromAlice.WriteAsync();
                await fromBob.WriteAsync();
            }
        }

        fromAlice.Check(bob.With(alice));
        fromBob.Check(alice.With(bob));

        var counts = alice.Dice.Counts + bob.Dice.Counts;
        var (delivered, failed) = (fromAlice.Delivered + fromBob.Delivered, fromAlice.Failed + fromBob.Failed);
        output.WriteLine($"{counts}, {alice.Connections + bob.Connections} connections, {delivered} delivered, {failed} failed");
        fromAlice.Causes.Concat(fromBob.Causes).ToList().ForEach(output.WriteLine);
        if (transport == ImTransport.Udp)
        {
            // Datagrams are sent again until they arrive.
            Assert.True(counts is { Lost: > 0, Doubled: > 0, Reordered: > 0 }, "the network was not bad");
            Assert.InRange(failed, 0, 2);
        }
        else
        {
            // What was on a connection that broke may be lost, and is said to be.
            Assert.InRange(alice.Connections + bob.Connections, 2 + Rounds, int.MaxValue);
        }
    }
}
