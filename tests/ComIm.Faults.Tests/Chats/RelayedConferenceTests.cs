using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.Server.Conferencing;
using ComIm.TestKit;
using Xunit.Abstractions;

namespace ComIm.Faults.Tests.Chats;

/// <summary>
/// A chat of two that becomes a conference of three on bad networks, while all write: what the room has taken arrives once at each who
/// was in it, what it has not is reported to its writer, and all see the same people in the end.
/// </summary>
public sealed class RelayedConferenceTests(ITestOutputHelper output)
{
    private const int Rounds = 3;
    private const int CountOfRound = 3;

    // As with chats of two.
    private const int Speed = 4;

    private readonly FastTimeProvider _time = new(Speed);

    [Fact]
    public async Task ChatThatGrows_OverDatagramsThatAreLostDoubledAndReordered_EveryMessageIsAccountedFor()
    {
        await using var server = await TestServer.StartAsync(time: _time);
        await using var alice = await SignInAsync("alice", server, ImTransport.Udp, seed: 1);
        await using var bob = await SignInAsync("bob", server, ImTransport.Udp, seed: 2);
        await using var carol = await SignInAsync("carol", server, ImTransport.Udp, seed: 3);
        var talk = await GrowAsync(alice, bob, carol);

        for (var round = 0; round < Rounds; round++)
        {
            talk.Write(CountOfRound);
            await talk.SettleAsync();
        }

        await talk.CheckAsync();
        var counts = alice.Dice.Counts + bob.Dice.Counts + carol.Dice.Counts;
        talk.Print(output, counts.ToString());
        Assert.True(counts is { Lost: > 0, Doubled: > 0, Reordered: > 0 }, "the network was not bad");
        Assert.InRange(talk.Failed, 0, 2);
    }

    /// <summary>
    /// Each loses their connection once. Who has lost it is out of the room until they are back: what is said meanwhile reaches them
    /// where the room keeps a history; what it had taken before reaches them always.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task ChatThatGrows_OverConnectionsThatBreak_EveryMessageIsAccountedFor(int history)
    {
        await using var server = await TestServer.StartAsync(time: _time, conferences: new ConferenceOptions { History = history });
        await using var alice = await SignInAsync("alice", server, ImTransport.Tcp, seed: 1);
        await using var bob = await SignInAsync("bob", server, ImTransport.Tcp, seed: 2);
        await using var carol = await SignInAsync("carol", server, ImTransport.Tcp, seed: 3);
        var talk = await GrowAsync(alice, bob, carol);

        foreach (var broken in new[] { bob, carol, alice })
        {
            talk.Write(CountOfRound);
            await talk.SettleAsync();
            var absent = history == 0 ? broken.Name : null;
            talk.Write(CountOfRound, absent);
            broken.Break();
            talk.Write(CountOfRound, absent);
            await talk.SettleAsync();
            await broken.UntilSignedInAsync();
            await talk.UntilTogetherAsync();
            await talk.WriteAsync();
        }

        await talk.CheckAsync();
        talk.Print(output, $"{alice.Connections + bob.Connections + carol.Connections} connections");
        Assert.InRange(alice.Connections + bob.Connections + carol.Connections, 3 + 3, int.MaxValue);
    }

    /// <summary>The move may fail with the connection: the chat of two then goes on, and grows when it is asked to again.</summary>
    [Theory]
    [InlineData("alice")]
    [InlineData("bob")]
    public async Task ChatThatGrows_WhileAConnectionBreaks_EveryMessageIsAccountedFor(string broken)
    {
        await using var server = await TestServer.StartAsync(time: _time);
        await using var alice = await SignInAsync("alice", server, ImTransport.Tcp, seed: 4);
        await using var bob = await SignInAsync("bob", server, ImTransport.Tcp, seed: 5);
        await using var carol = await SignInAsync("carol", server, ImTransport.Tcp, seed: 6);

        var talk = await GrowAsync(alice, bob, carol, broken == "alice" ? alice : bob);
        talk.Write(CountOfRound);
        await talk.SettleAsync();

        await talk.CheckAsync();
        talk.Print(output, $"{alice.Connections + bob.Connections + carol.Connections} connections");
    }

    private Task<Person> SignInAsync(string name, TestServer server, ImTransport transport, int seed) =>
        Person.SignInAsync(name, server.Server.LocalEndPoint, transport, MessagingMode.Session, _time, seed);

    /// <summary>alice and bob chat, carol writes to alice alone; then alice brings carol in, and nobody pauses.</summary>
    private static async Task<RoomTalk> GrowAsync(Person alice, Person bob, Person carol, Person? broken = null)
    {
        var (ours, theirs) = (alice.With(bob), bob.With(alice));
        var (fromAlice, fromBob, apart) = (new Ledger(ours, "alice"), new Ledger(theirs, "bob"), new Ledger(carol.With(alice), "apart"));
        fromAlice.Write(1, absent: "carol");
        await fromAlice.SettleAsync();
        foreach (var person in new[] { alice, bob, carol })
        {
            person.Dice.Conditions = BadNetwork.Of(person.Transport);
        }

        Write();
        await Task.WhenAll(fromAlice.SettleAsync(), fromBob.SettleAsync(), apart.SettleAsync());
        Write();
        var growing = ours.AddParticipantAsync(carol.Account.Address);
        Write();
        broken?.Break();
        while (await Record.ExceptionAsync(() => growing.WaitAsync(Ledger.Guard)) is { } failure)
        {
            Assert.True(broken is not null && failure is ImException, failure.ToString());
            await Task.WhenAll(alice.UntilSignedInAsync(), bob.UntilSignedInAsync());
            growing = ours.AddParticipantAsync(carol.Account.Address);
        }

        var hers = Assert.Single(carol.Account.Conversations, c => c.IsConference);
        var talk = new RoomTalk(new Speaker(alice, ours, fromAlice), new Speaker(bob, theirs, fromBob), new Speaker(carol, hers, new Ledger(hers, "carol")));
        talk.Write(CountOfRound);
        await Task.WhenAll(apart.SettleAsync(), talk.SettleAsync());
        await talk.UntilTogetherAsync();
        apart.Check(alice.With(carol));
        Assert.All(new[] { ours, theirs, hers }, c => Assert.Empty(apart.ReadIn(c)));
        return talk;

        void Write()
        {
            fromAlice.Write(CountOfRound, absent: "carol");
            fromBob.Write(CountOfRound, absent: "carol");
            apart.Write(CountOfRound);
        }
    }
}
