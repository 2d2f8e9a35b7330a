using System.Text;
using ComIm.Sip.Transport;
using ComIm.Sip.Transport.Streams;

namespace ComIm.Sip.Tests.Transport;

public sealed class SendQueueTests
{
    private readonly SendQueue _queue;
    private int _starts;

    public SendQueueTests() => _queue = new SendQueue(10, () => _starts++);

    [Fact]
    public void Messages_ThatFit_LeaveTogetherWithOneWriter()
    {
        Assert.True(Add("one").IsCompletedSuccessfully);
        Assert.True(Add("two").IsCompletedSuccessfully);
        Assert.Equal("onetwo", Take());
        Assert.True(Add("more").IsCompletedSuccessfully);
        Assert.Equal("more", Take());
        Assert.Null(Take());
        Assert.Equal(1, _starts);
        _ = Add("later");
        Assert.Equal(2, _starts);
    }

    [Fact]
    public async Task Messages_ThatDoNotFit_WaitTheirTurn()
    {
        _ = Add("12345678");
        var first = Add("abcdef");
        var second = Add("x");
        Assert.False(first.IsCompleted || second.IsCompleted);
        Assert.Equal("12345678", Take());
        await Task.WhenAll(first, second).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("abcdefx", Take());
    }

    [Fact]
    public async Task Message_LargerThanTheBound_GoesAlone()
    {
        Assert.True(Add("0123456789abcdef").IsCompletedSuccessfully);
        var next = Add("next");
        Assert.Equal("0123456789abcdef", Take());
        await next.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("next", Take());
    }

    [Fact]
    public async Task Wait_Cancelled_LeavesTheQueueToOthers()
    {
        using var gaveUp = new CancellationTokenSource();
        _ = Add("12345678");
        var first = Add("abcdef", gaveUp.Token);
        var second = Add("xyz");
        await gaveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal("12345678", Take());
        await second.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("xyz", Take());
    }

    [Fact]
    public async Task Close_WithSendersWaiting_FailsThemAndLaterOnes()
    {
        _ = Add("12345678");
        var waiting = Add("abcdef");
        var drained = _queue.DrainAsync();
        Assert.False(drained.IsCompleted);
        var cause = new SipTransportException("closed", null, SipTransportFault.FlowClosed);
        _queue.Close(cause);
        Assert.Same(cause, await Assert.ThrowsAsync<SipTransportException>(() => waiting));
        Assert.Same(cause, await Assert.ThrowsAsync<SipTransportException>(() => Add("late")));
        await drained.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Null(Take());
    }

    [Fact]
    public async Task Drain_OfWhatIsQueued_EndsWithIt()
    {
        await _queue.DrainAsync().WaitAsync(TimeSpan.FromSeconds(20));
        var queue = new SendQueue(10, () => { });
        await queue.EnqueueAsync("one"u8.ToArray(), default);
        var drained = queue.DrainAsync();
        Assert.True(queue.TryTake(out _));
        Assert.False(drained.IsCompleted);
        Assert.False(queue.TryTake(out _));
        await drained.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private Task Add(string text, CancellationToken cancellationToken = default) =>
        _queue.EnqueueAsync(Encoding.UTF8.GetBytes(text), cancellationToken).AsTask();

    private string? Take() => _queue.TryTake(out var batch) ? Encoding.UTF8.GetString(batch.Span) : null;
}
