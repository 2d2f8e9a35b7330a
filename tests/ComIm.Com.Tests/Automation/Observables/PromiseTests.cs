using ComIm.Client;
using ComIm.Com.Automation.Observables;
using ComIm.Com.Interop;

namespace ComIm.Com.Tests.Automation.Observables;

public sealed class PromiseTests
{
    private readonly Calls _calls = new();

    [Fact]
    public void Then_calls_with_the_result_now_or_later()
    {
        var source = new TaskCompletionSource<object?>();
        var promise = Promise.Run(() => source.Task);
        Late.Call(promise, "then", _calls.Function);
        Assert.Equal("Pending", promise.State);
        source.SetResult("done");
        Assert.Equal("done", _calls.First());
        Assert.Equal(("Fulfilled", "done"), (promise.State, Late.Value(promise)));
        promise.Then(_calls.Function);
        Assert.Equal("done", _calls.First());
    }

    [Fact]
    public void A_failure_goes_to_the_next_who_listens()
    {
        var promise = Promise.Run(() => Task.FromException(new ImException(ImError.RecipientUnknown, "Nobody.", 404)));
        var ok = new Calls();
        promise.Then(ok.Function, null).Then(DBNull.Value, _calls.Function);
        var error = (IComImError)_calls.First()!;
        Assert.Equal(("Nobody.", "RecipientUnknown", 404, "80EF0194"), (error.Message, error.Code, error.StatusCode, error.Number.ToString("X8", null)));
        Assert.True(ok.IsEmpty);
    }

    [Fact]
    public void What_a_callback_gives_is_the_next_result_also_where_it_is_a_promise()
    {
        var source = new TaskCompletionSource<object?>();
        var next = Promise.Of(1).Then((object? n) => (int)n! + 1).Then((object? n) => Promise.Run(() => source.Task));
        Assert.Equal("Pending", next.State);
        source.SetResult("inner");
        Assert.Equal("inner", next.Wait(20_000));
    }

    [Fact]
    public void A_callback_that_cannot_take_the_result_makes_a_failure_and_not_a_promise_without_end()
    {
        var promise = Promise.Of("no number").Then((int n) => n);
        Assert.Throws<HResultException>(() => promise.Wait(20_000));
        Assert.Equal("Rejected", promise.State);
    }

    [Fact]
    public void A_handled_failure_is_none_any_more_and_a_throwing_callback_is_a_new_one()
    {
        var handled = Promise.Rejected(new Error(HResults.Fail, "X", "x")).Then(null, (object? e) => "handled");
        Assert.Equal("handled", handled.Wait(20_000));
        var thrown = Promise.Of(1).Then((Action)(() => throw new InvalidOperationException("from the callback")));
        Assert.Equal("from the callback", Assert.Throws<HResultException>(() => thrown.Wait(20_000)).Message);
        Assert.Equal("CallbackFailed", thrown.Error!.Code);
    }

    [Fact]
    public void Wait_raises_the_failure_or_the_end_of_the_time()
    {
        var error = Assert.Throws<HResultException>(() => Promise.Rejected(new Error(HResults.Abort, "X", "why")).Wait());
        Assert.Equal((HResults.Abort, "why"), (error.HResult, error.Message));
        var source = new TaskCompletionSource<object?>();
        var promise = Promise.Run(() => source.Task);
        Assert.Equal(HResults.TimedOut, Assert.Throws<HResultException>(() => Late.Call(promise, "wait", 0)).HResult);
        source.SetResult(null);
        Assert.Null(promise.Wait(20_000));
    }

    [Fact]
    public void A_promise_that_waits_for_itself_is_rejected()
    {
        var source = new TaskCompletionSource<object?>();
        Promise? promise = null;
        promise = Promise.Run(() => source.Task);
        source.SetResult(promise);
        Assert.Equal(HResults.InvalidArgument, Assert.Throws<HResultException>(() => promise.Wait(20_000)).HResult);
    }
}
