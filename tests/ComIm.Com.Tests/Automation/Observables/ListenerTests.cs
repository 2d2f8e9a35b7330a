using ComIm.Com.Automation.Observables;
using ComIm.Com.Interop;

namespace ComIm.Com.Tests.Automation.Observables;

/// <summary>Listeners that misbehave harm only themselves.</summary>
public sealed class ListenerTests
{
    private const int Changes = Listener.Capacity + 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Property _property = new(0);

    [Fact]
    public void One_that_throws_is_counted_and_goes_on()
    {
        var good = new Calls();
        var bad = _property.Changed((Action)(() => throw new InvalidOperationException("bad listener")));
        _property.Changed(good.Function);
        _property.Change(1);
        Assert.Equal([0, 1], [good.First(), good.First()]);
        Assert.True(SpinWait.SpinUntil(() => bad.Failed == 2, Patience));
        Assert.Equal((true, "bad listener", 0), (bad.IsActive, bad.LastError, bad.Dropped));
    }

    [Fact]
    public void One_that_cannot_take_what_it_is_told_is_counted_and_harms_nobody()
    {
        var bad = _property.Changed((int value) => { });
        _property.Change("no number");
        Assert.True(SpinWait.SpinUntil(() => bad.Failed == 1, Patience));
        Assert.True(bad.IsActive);
        Assert.NotEmpty(bad.LastError);
    }

    [Fact]
    public void One_that_cannot_be_called_is_refused_and_nothing_is_followed_for_it()
    {
        var followed = new Followed();
        var property = new Property(0, followed: followed);
        Assert.Throws<HResultException>(() => property.Changed("no function"));
        Assert.Equal((1, 1), (followed.Begun, followed.Ended));
    }

    [Fact]
    public void One_that_hangs_keeps_the_first_calls_and_drops_the_rest_and_others_hear_all()
    {
        using var release = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        var heard = new List<object?>();
        var hung = _property.Changed((object? value) =>
        {
            heard.Add(value);
            entered.Set();
            release.Wait(Patience);
        });
        Assert.True(entered.Wait(Patience));
        var good = new Calls();
        _property.Changed(good.Function);
        for (var i = 1; i <= Changes; i++)
        {
            _property.Change(i);
            Assert.Equal(i - 1, good.First());
        }

        Assert.Equal(Changes, good.First());
        Assert.Equal(Changes - Listener.Capacity, hung.Dropped);
        release.Set();
        Assert.True(SpinWait.SpinUntil(() => heard.Count == Listener.Capacity + 1, Patience));
        _property.Change("after");
        Assert.True(SpinWait.SpinUntil(() => Equals(heard[^1], "after"), Patience));
        Assert.Equal(Enumerable.Range(0, Listener.Capacity + 1).Cast<object?>().Append("after"), heard);
    }

    [Fact]
    public void One_whose_host_has_died_is_let_go_of()
    {
        var calls = 0;
        var dead = _property.Changed((Action)(() =>
        {
            calls++;
            throw new HResultException(unchecked((int)0x800706BA), "The RPC server is unavailable.");
        }));
        Assert.True(SpinWait.SpinUntil(() => !dead.IsActive, Patience));
        _property.Change(1);
        var good = new Calls();
        _property.Changed(good.Function);
        Assert.Equal(1, good.First());
        Assert.Equal(1, calls);
    }

    [Fact]
    public void One_may_dispose_of_itself_and_wait_for_promises_inside_its_call()
    {
        IComImListener? listener = null;
        var results = new Calls();
        using var known = new ManualResetEventSlim();
        listener = _property.Changed((Action)(() =>
        {
            known.Wait(Patience);
            listener!.Dispose();
            results.Function(Promise.Of("inside").Then((object? x) => x + "!").Wait(20_000), null, null);
        }));
        known.Set();
        Assert.Equal("inside!", results.First());
        _property.Change(1);
        Assert.True(results.IsEmpty);
    }

    private sealed class Followed : IFollowed, IDisposable
    {
        public int Begun { get; private set; }

        public int Ended { get; private set; }

        public IDisposable Follow()
        {
            Begun++;
            return this;
        }

        public Task FetchAsync() => Task.CompletedTask;

        public void Dispose() => Ended++;
    }
}
