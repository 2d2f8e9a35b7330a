using ComIm.Server.Conferencing;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;

namespace ComIm.Server.Tests.Conferencing;

/// <summary>All rooms together keep no more than they may.</summary>
public sealed class HistoryBudgetTests
{
    private const int Bytes = 1000;

    private static readonly int Size = Message(1).Size;

    [Fact]
    public void Add_ToManyRooms_KeepsTheTotal()
    {
        const int Rooms = 10;
        var total = 40L * Size;
        var budget = new HistoryBudget(total, Rooms);
        var rooms = Enumerable.Range(0, Rooms).Select(_ => RoomOf(budget)).ToList();
        for (var number = 1; number <= 50; number++)
        {
            rooms.ForEach(r => r.Add(Message(number)));
            Assert.InRange(rooms.Sum(KeptBy), 1, total);
        }

        // Nothing of it lies idle, and everyone has the newest.
        Assert.Equal(total, rooms.Sum(KeptBy));
        Assert.All(rooms, r => Assert.Equal(50, r.UnreadOf("bob", "sip:bob@example.com").Last().Number));
    }

    [Fact]
    public void Add_WhileAnotherHasAll_KeepsWhatEachHas()
    {
        var budget = new HistoryBudget(40L * Size, 10);
        var greedy = RoomOf(budget);
        for (var number = 1; number <= 100; number++)
        {
            greedy.Add(Message(number));
        }

        // Its own two, and the twenty of the common half.
        Assert.Equal(22, KeptBy(greedy) / Size);
        var late = RoomOf(budget);
        for (var number = 1; number <= 5; number++)
        {
            late.Add(Message(number));
        }

        Assert.Equal([4L, 5L], late.UnreadOf("bob", "sip:bob@example.com").Select(m => m.Number));
    }

    [Fact]
    public void Close_GivesBack_AndKeepsNothingAfterwards()
    {
        var budget = new HistoryBudget(40L * Size, 10);
        var room = RoomOf(budget);
        for (var number = 1; number <= 100; number++)
        {
            room.Add(Message(number));
        }

        Assert.Equal(20L * Size, budget.Borrowed);
        room.Close();
        room.Add(Message(101));
        Assert.Equal((0, 0), (budget.Borrowed, KeptBy(room)));
    }

    [Fact]
    public void Add_WhatNoRoomCouldKeep_KeepsNothing()
    {
        var budget = new HistoryBudget(Size / 2, 10);
        var room = RoomOf(budget);
        room.Add(Message(1));
        Assert.Equal((0, 0), (budget.Borrowed, KeptBy(room)));
    }

    [Fact]
    public async Task Rooms_BegunAllAtOnce_AreNoMoreThanTheBound()
    {
        await using var server = await TestDomain.StartAsync(o => o with { Conferences = new ConferenceOptions { MaxRooms = 5, MaxRoomsPerUser = 4 } });
        await using var alice = await ConferencePeer.RegisteredAsync("alice", server);
        await using var bob = await ConferencePeer.RegisteredAsync("bob", server);
        await using var carol = await ConferencePeer.RegisteredAsync("carol", server);

        var calls = await Task.WhenAll(new[] { alice, bob, carol }.SelectMany(p => Enumerable.Range(0, 4).Select(_ => p.CallAsync(ConferencePeer.Factory))));

        Assert.Equal((5, 7), (calls.Count(c => c.Outcome.StatusCode == 200), calls.Count(c => c.Outcome.StatusCode == 503)));
        Assert.Equal(5, server.RoomCount);
    }

    [Fact]
    public async Task WhoComesLate_GetsWhatTheTotalLeaves_AndARoomThatEndsGivesItBack()
    {
        var conferences = new ConferenceOptions { History = 100, MaxRooms = 1, MaxTotalHistoryBytes = 4L * Size };
        await using var server = await TestDomain.StartAsync(o => o with { Conferences = conferences });
        await using var alice = await ConferencePeer.RegisteredAsync("alice", server);
        await using var bob = await ConferencePeer.RegisteredAsync("bob", server);
        for (var round = 0; round < 2; round++)
        {
            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            server.RoomEnded += () => ended.TrySetResult();
            var (hers, room) = await alice.JoinAsync();
            for (var number = 1; number <= 10; number++)
            {
                Assert.Equal(202, (await ConferencePeer.SayAsync(hers, new string('x', Bytes))).StatusCode);
            }

            var (his, _) = await bob.JoinAsync(room);
            for (var number = 7; number <= 10; number++)
            {
                Assert.Equal($"{number}", (await bob.InsideAsync()).Request.Headers.Get("Message-Id"));
            }

            await his.ByeAsync().WaitAsync(TestDomain.Guard);
            await hers.ByeAsync().WaitAsync(TestDomain.Guard);
            await ended.Task.WaitAsync(TestDomain.Guard);
        }
    }

    private static RoomHistory RoomOf(HistoryBudget budget) => new(capacity: 1000, maxBytes: int.MaxValue, budget);

    private static long KeptBy(RoomHistory room) => room.UnreadOf("bob", "sip:bob@example.com").Sum(m => (long)m.Size);

    private static RoomMessage Message(long number) => new(
        number, SipMethods.Message, new NameAddress(SipUri.Parse("sip:alice@example.com")), new SessionBody("text/plain", new byte[Bytes]), DateTimeOffset.UnixEpoch);
}
