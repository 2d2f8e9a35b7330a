using System.Collections.Concurrent;
using System.Runtime.InteropServices.ComTypes;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.TestKit;

namespace ComIm.Com.Tests.Interop;

public sealed class SinkLaneTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly ManualTimeProvider _time = new();
    private readonly SinkLane _lane;
    private readonly ConnectionPoint _first;
    private readonly ConnectionPoint _second;

    public SinkLaneTests()
    {
        _lane = new SinkLane(_time);
        _first = new ConnectionPoint(new Owner(), typeof(_IUccEndpointEvents), _lane);
        _second = new ConnectionPoint(new Owner(), typeof(_IUccEndpointEvents), _lane);
    }

    [Fact]
    public void Events_of_several_points_come_in_the_order_of_raising()
    {
        var calls = new BlockingCollection<string>();
        _first.Advise(new Sink { Reaction = _ => calls.Add("first") }, out _);
        _second.Advise(new Sink { Reaction = _ => calls.Add("second") }, out _);
        for (var i = 0; i < 1000; i++)
        {
            _first.Raise(200, null, null);
            _second.Raise(200, null, null);
        }

        for (var i = 0; i < 1000; i++)
        {
            Assert.True(calls.TryTake(out var one, Patience) & calls.TryTake(out var other, Patience));
            Assert.Equal(("first", "second"), (one, other));
        }
    }

    [Fact]
    public void Sink_that_hangs_is_left_behind_and_catches_up_in_order()
    {
        using var release = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        var slow = new BlockingCollection<string>();
        var good = new BlockingCollection<string>();
        _first.Advise(
            new Sink
            {
                Reaction = name =>
                {
                    entered.Set();
                    release.Wait(Patience);
                    slow.Add(name);
                },
            },
            out _);
        _second.Advise(new Sink { Reaction = good.Add }, out _);
        _first.Raise(200, null, null);
        Assert.True(entered.Wait(Patience));
        _second.Raise(200, null, null);
        _first.Raise(201, null, null);
        Assert.Empty(good);
        _time.Advance(SinkLane.Patience);
        Assert.True(good.TryTake(out _, Patience));

        release.Set();
        Assert.True(slow.TryTake(out var one, Patience) & slow.TryTake(out var other, Patience));
        Assert.Equal(("OnEnable", "OnDisable"), (one, other));
        _second.Raise(201, null, null);
        Assert.True(good.TryTake(out var last, Patience));
        Assert.Equal("OnDisable", last);
    }

    [Fact]
    public void Completed_point_lets_go_of_its_sinks_after_their_last_event()
    {
        var calls = new BlockingCollection<string>();
        _first.Advise(new Sink { Reaction = calls.Add }, out var cookie);
        var queue = _first.Queues[0];
        _first.Raise(200, null, null);
        _first.Complete();
        _first.Raise(201, null, null);
        Assert.True(calls.TryTake(out var name, Patience));
        Assert.Equal("OnEnable", name);
        Assert.True(SpinWait.SpinUntil(() => queue.IsReleased && _lane.Served == 0, Patience));
        Assert.Empty(calls);

        // A client that unadvises now does nothing wrong, and one that comes late hears nothing.
        _first.Unadvise(cookie);
        _first.Advise(new Sink(), out cookie);
        Assert.True(SpinWait.SpinUntil(() => _lane.Served == 0, Patience));
        _first.Unadvise(cookie);
    }

    [Fact]
    public async Task Raiser_learns_when_all_sinks_have_returned()
    {
        var none = new TaskCompletionSource();
        _first.RaiseAnd(none.SetResult, 200, null, null);
        Assert.True(none.Task.IsCompletedSuccessfully);

        using var release = new ManualResetEventSlim();
        _first.Advise(new Sink { Reaction = _ => release.Wait(Patience) }, out _);
        _first.Advise(new Sink { Reaction = _ => throw new InvalidOperationException("bad sink") }, out _);
        var both = new TaskCompletionSource();
        _first.RaiseAnd(both.SetResult, 200, null, null);
        Assert.False(both.Task.IsCompleted);
        release.Set();
        await both.Task.WaitAsync(Patience);

        // Who unadvises will not return any more.
        release.Reset();
        _second.Advise(new Sink { Reaction = _ => release.Wait(Patience) }, out _);
        _second.Advise(new Sink(), out var cookie);
        var gone = new TaskCompletionSource();
        _second.RaiseAnd(gone.SetResult, 200, null, null);
        _second.Unadvise(cookie);
        release.Set();
        await gone.Task.WaitAsync(Patience);
    }

    private sealed class Sink : _IUccEndpointEvents
    {
        public Action<string>? Reaction { get; init; }

        public void OnEnable(IUccEndpoint pEventSource, IUccOperationProgressEvent pEventData) => Reaction?.Invoke(nameof(OnEnable));

        public void OnDisable(IUccEndpoint pEventSource, IUccOperationProgressEvent pEventData) => Reaction?.Invoke(nameof(OnDisable));
    }

    private sealed class Owner : IConnectionPointContainer
    {
        public void EnumConnectionPoints(out IEnumConnectionPoints ppEnum) => throw new NotSupportedException();

        public void FindConnectionPoint(ref Guid riid, out IConnectionPoint? ppCP) => throw new NotSupportedException();
    }
}
