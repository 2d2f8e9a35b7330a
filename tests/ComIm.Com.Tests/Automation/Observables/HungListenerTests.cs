using ComIm.Com.Automation.Callbacks;
using ComIm.Com.Automation.Observables;
using ComIm.Com.Interop;
using ComIm.TestKit;

namespace ComIm.Com.Tests.Automation.Observables;

/// <summary>Callbacks that do not return, each on a thread of its own, up to a bound.</summary>
public sealed class HungListenerTests : IDisposable
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(90);

    private readonly ManualTimeProvider _time = new();
    private readonly ManualResetEventSlim _release = new();
    private readonly SemaphoreSlim _entered = new(0);
    private int _returned;

    // The events are left to the threads that may still be about to touch them; they have no handles.
    public void Dispose() => _release.Set();

    [Fact]
    public async Task Fifty_that_hang_keep_neither_a_good_one_nor_the_thread_pool_waiting()
    {
        var property = new Property(0);
        var onPool = 0;
        for (var i = 0; i < 50; i++)
        {
            property.Changed((Action)(() =>
            {
                Interlocked.Add(ref onPool, Thread.CurrentThread.IsThreadPoolThread ? 1 : 0);
                Hang();
            }));
        }

        var good = new Calls();
        property.Changed(good.Function);
        for (var i = 1; i <= 1000; i++)
        {
            property.Change(i);
        }

        for (var i = 0; i <= 1000; i++)
        {
            Assert.Equal(i, good.First());
        }

        for (var i = 0; i < 50; i++)
        {
            Assert.True(await _entered.WaitAsync(Guard));
        }

        await Task.Run(() => { }).WaitAsync(Guard);
        Assert.Equal((0, 0), (Volatile.Read(ref _returned), Volatile.Read(ref onPool)));
    }

    [Fact]
    public async Task One_that_hangs_leaves_its_turn_to_the_others_and_goes_on_in_order_when_it_returns()
    {
        var threads = new CallbackThreads(_time, running: 1, hung: 1, most: 2);
        var (hung, good) = (new Calls(), new Calls());
        var bad = Listen(threads, value =>
        {
            Hang();
            hung.Function(value, null, null);
        });
        bad.Post(1);
        bad.Post(2);
        Assert.True(await _entered.WaitAsync(Guard));
        Listen(threads, value => good.Function(value, null, null)).Post("good");
        Assert.True(good.IsEmpty);
        _time.Advance(CallbackThreads.Patience);
        Assert.Equal("good", good.First());
        Assert.Equal((0, 2), (Volatile.Read(ref _returned), threads.Count));
        _release.Set();
        Assert.Equal([1, 2], [hung.First(), hung.First()]);
        Assert.Equal((true, 0), (bad.IsActive, bad.Dropped));
    }

    [Fact]
    public async Task One_that_hangs_beyond_the_bound_is_closed_and_what_waits_for_it_dropped()
    {
        var threads = new CallbackThreads(_time, running: 3, hung: 2, most: 4);
        var bad = Enumerable.Range(0, 3).Select(_ => Listen(threads, _ => Hang())).ToArray();
        foreach (var listener in bad)
        {
            listener.Post(1);
            listener.Post(2);
            Assert.True(await _entered.WaitAsync(Guard));
        }

        _time.Advance(CallbackThreads.Patience);
        foreach (var listener in bad)
        {
            listener.Post(3);
        }

        var closed = Assert.Single(bad, listener => !listener.IsActive);
        Assert.Equal(2, closed.Dropped);
        Assert.All(bad.Where(listener => listener != closed), listener => Assert.Equal(0, listener.Dropped));
        var good = new Calls();
        Listen(threads, value => good.Function(value, null, null)).Post("good");
        Assert.Equal("good", good.First());
        Assert.Equal((0, 4), (Volatile.Read(ref _returned), threads.Count));
    }

    [Fact]
    public async Task Where_all_threads_hang_the_others_wait_until_one_returns()
    {
        var threads = new CallbackThreads(_time, running: 1, hung: 1, most: 2);
        for (var i = 0; i < 2; i++)
        {
            Listen(threads, _ => Hang()).Post(1);
            Assert.True(await _entered.WaitAsync(Guard));
            _time.Advance(CallbackThreads.Patience);
        }

        var good = new Calls();
        Listen(threads, value => good.Function(value, null, null)).Post("good");
        _time.Advance(CallbackThreads.Patience);
        Assert.Equal((true, 2), (good.IsEmpty, threads.Count));
        _release.Set();
        Assert.Equal("good", good.First());
    }

    private static Listener Listen(CallbackThreads threads, Action<object?> call) => new(new OnThreads(threads, call), _ => { });

    private void Hang()
    {
        _entered.Release();
        _release.Wait();
        Interlocked.Increment(ref _returned);
    }

    private sealed class OnThreads(CallbackThreads threads, Action<object?> call) : Callback(CallQueue.On(threads))
    {
        protected override CallResult Call(object?[] arguments)
        {
            call(arguments[0]);
            return new CallResult(HResults.Ok, null, null);
        }
    }
}
