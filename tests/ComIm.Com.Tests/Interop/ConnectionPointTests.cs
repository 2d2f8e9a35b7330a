using System.Collections.Concurrent;
using System.Runtime.InteropServices.ComTypes;
using ComIm.Com.Automation;
using ComIm.Com.Interop;

namespace ComIm.Com.Tests.Interop;

public sealed class ConnectionPointTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private const int ConnectingRounds = 2000;
    private const int ConnectingSpins = 200;

    private readonly Application _application = new();
    private readonly ConnectionPoint _point;

    public ConnectionPointTests()
    {
        var id = typeof(IComImEvents).GUID;
        ((IConnectionPointContainer)_application).FindConnectionPoint(ref id, out var point);
        _point = (ConnectionPoint)point!;
    }

    [Fact]
    public void Events_come_in_order_on_a_thread_of_their_own()
    {
        var sink = new Sink();
        _point.Advise(sink, out var cookie);
        for (var i = 0; i < 1000; i++)
        {
            _point.Raise(2, i.ToString(null, null));
        }

        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal(i.ToString(null, null), sink.Take());
        }

        Assert.NotEqual(Environment.CurrentManagedThreadId, sink.ThreadId);
        _point.Unadvise(cookie);
    }

    [Fact]
    public void A_throwing_sink_harms_nobody()
    {
        var good = new Sink();
        _point.Advise(new Sink { Reaction = () => throw new InvalidOperationException("bad sink") }, out _);
        _point.Advise(good, out _);
        _point.Raise(2, "one");
        _point.Raise(2, "two");
        Assert.Equal("one", good.Take());
        Assert.Equal("two", good.Take());
        Assert.True(SpinWait.SpinUntil(() => _point.Queues[0].Failed == 2, Patience));
        Assert.Equal(0, _point.Queues[1].Failed);
    }

    [Fact]
    public void A_hung_sink_stalls_only_itself_and_drops_beyond_its_bound()
    {
        using var release = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        var hung = new Sink
        {
            Reaction = () =>
            {
                entered.Set();
                release.Wait(Patience);
            },
        };
        var good = new Sink();
        _point.Advise(hung, out _);
        _point.Advise(good, out _);
        _point.Raise(2, "first");
        Assert.True(entered.Wait(Patience));
        Assert.Equal("first", good.Take());

        for (var i = 0; i < SinkQueue.Capacity + 5; i++)
        {
            _point.Raise(2, i.ToString(null, null));
            Assert.Equal(i.ToString(null, null), good.Take());
        }

        Assert.Equal(5, _point.Queues[0].Dropped);
        Assert.Equal(0, _point.Queues[1].Dropped);
        release.Set();
        Assert.Equal("first", hung.Take());
        Assert.Equal("0", hung.Take());
    }

    [Fact]
    public void Unadvise_ends_delivery_at_once()
    {
        using var release = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        var sink = new Sink
        {
            Reaction = () =>
            {
                entered.Set();
                release.Wait(Patience);
            },
        };
        _point.Advise(sink, out var cookie);
        var queue = _point.Queues[0];
        _point.Raise(2, "under way");
        Assert.True(entered.Wait(Patience));
        _point.Raise(2, "never");
        _point.Unadvise(cookie);
        release.Set();
        Assert.True(SpinWait.SpinUntil(() => queue.IsReleased, Patience));
        Assert.Equal("under way", sink.Take());
        Assert.True(sink.IsEmpty);
        Assert.Empty(_point.Queues);
    }

    [Fact]
    public void A_sink_may_unadvise_itself()
    {
        var cookie = 0;
        var sink = new Sink { Reaction = () => _point.Unadvise(cookie) };
        _point.Advise(sink, out cookie);
        var queue = _point.Queues[0];
        _point.Raise(2, "one");
        Assert.Equal("one", sink.Take());
        Assert.True(SpinWait.SpinUntil(() => queue.IsReleased, Patience));
    }

    [Fact]
    public void Wrong_cookies_and_strange_sinks_are_refused()
    {
        Assert.Equal(HResults.NoConnection, Assert.Throws<HResultException>(() => _point.Unadvise(77)).HResult);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(HResults.CannotConnect, Assert.Throws<HResultException>(() => _point.Advise(new object(), out _)).HResult);
        }

        var unknown = Guid.NewGuid();
        var error = Assert.Throws<HResultException>(
            () => ((IConnectionPointContainer)_application).FindConnectionPoint(ref unknown, out _));
        Assert.Equal(HResults.NoConnection, error.HResult);
    }

    [Fact]
    public void What_happens_before_clients_know_of_the_object_is_kept_for_the_first_that_listens()
    {
        _point.KeepEarly();
        _point.Raise(2, "early");
        var first = new Sink();
        _point.Advise(first, out var cookie);
        _point.Raise(2, "later");
        Assert.Equal(("early", "later"), (first.Take(), first.Take()));
        _point.Unadvise(cookie);

        _point.Raise(2, "to nobody");
        var second = new Sink();
        _point.Advise(second, out _);
        _point.Raise(2, "last");
        Assert.Equal("last", second.Take());
    }

    [Fact]
    public async Task What_happens_while_the_first_sink_is_being_connected_is_heard_by_it()
    {
        var lane = new SinkLane(TimeProvider.System);
        var points = Enumerable.Range(0, ConnectingRounds).Select(_ => new ConnectionPoint(_application, typeof(IComImEvents), lane)).ToArray();
        Array.ForEach(points, point => point.KeepEarly());
        var sinks = Array.ConvertAll(points, _ => new Sink());
        var (begun, done) = (-1, -1);
        var raising = Task.Run(() =>
        {
            for (var round = 0; round < points.Length; round++)
            {
                Await(ref begun, round);

                // Now here, now there in the course of it.
                Thread.SpinWait(round % ConnectingSpins);
                points[round].Raise(2, "meanwhile");
                Volatile.Write(ref done, round);
            }
        });
        for (var round = 0; round < points.Length; round++)
        {
            Volatile.Write(ref begun, round);
            points[round].Advise(sinks[round], out _);
            Await(ref done, round);
        }

        await raising.WaitAsync(Patience);

        // A sink that has missed the first says so at once.
        Array.ForEach(points, point => point.Raise(2, "after"));
        Assert.All(sinks, sink => Assert.Equal("meanwhile", sink.Take()));

        static void Await(ref int counter, int value)
        {
            while (Volatile.Read(ref counter) < value)
            {
                Thread.SpinWait(1);
            }
        }
    }

    [Fact]
    public void What_happens_early_is_kept_up_to_a_bound()
    {
        const int Kept = 200;
        _point.KeepEarly(Kept);
        Array.ForEach([.. Enumerable.Range(0, Kept + 1)], i => _point.Raise(2, $"{i}"));
        var sink = new Sink();
        _point.Advise(sink, out _);
        _point.Raise(2, "later");
        Assert.Equal([.. Enumerable.Range(0, Kept).Select(i => $"{i}"), "later"], Enumerable.Range(0, Kept + 1).Select(_ => sink.Take()));
    }

    [Fact]
    public void What_nobody_wanted_to_hear_in_time_is_forgotten()
    {
        _point.KeepEarly();
        _point.Raise(2, "early");
        _point.ForgetEarly();
        var sink = new Sink();
        _point.Advise(sink, out _);
        _point.Raise(2, "later");
        Assert.Equal("later", sink.Take());
    }

    [Fact]
    public void An_object_that_has_ended_before_clients_knew_of_it_tells_them_all_the_same()
    {
        _point.KeepEarly();
        _point.Raise(2, "early");
        _point.Complete();
        var sink = new Sink();
        _point.Advise(sink, out _);
        Assert.Equal("early", sink.Take());
    }

    [Fact]
    public void Connection_points_are_enumerated()
    {
        ((IConnectionPointContainer)_application).EnumConnectionPoints(out var points);
        var found = new IConnectionPoint[1];
        Assert.Equal(HResults.Ok, points.Next(1, found, 0));
        Assert.Same(_point, found[0]);
        Assert.Equal(HResults.False, points.Next(1, found, 0));
        _point.GetConnectionPointContainer(out var owner);
        Assert.Same(_application, owner);
    }

    private sealed class Sink : IComImEvents
    {
        private readonly BlockingCollection<string> _states = [];

        public Action? Reaction { get; init; }

        public int ThreadId { get; private set; }

        public bool IsEmpty => _states.Count == 0;

        public string Take() => _states.TryTake(out var state, Patience) ? state : throw new TimeoutException("No event came.");

        public void OnMessageReceived(object message) => throw new NotSupportedException();

        public void OnConversationAdded(object conversation) => throw new NotSupportedException();

        public void OnConversationStateChanged(object conversation, string state, string reason, string oldState) =>
            throw new NotSupportedException();

        public void OnParticipantAdded(object conversation, object participant) => throw new NotSupportedException();

        public void OnParticipantRemoved(object conversation, object participant) => throw new NotSupportedException();

        public void OnMessageAdded(object conversation, object message) => throw new NotSupportedException();

        public void OnTypingChanged(object conversation, object participant, bool isTyping) => throw new NotSupportedException();

        public void OnMessageStatusChanged(object conversation, object message, string status) => throw new NotSupportedException();

        public void OnPresenceChanged(object person, string status) => throw new NotSupportedException();

        public void OnContactAdded(object person) => throw new NotSupportedException();

        public void OnContactRemoved(object person) => throw new NotSupportedException();

        public void OnStateChanged(string state)
        {
            ThreadId = Environment.CurrentManagedThreadId;
            Reaction?.Invoke();
            _states.Add(state);
        }
    }
}
