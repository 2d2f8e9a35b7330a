using ComIm.Sip.Transport;
using ComIm.Sip.Transport.Streams;

namespace ComIm.Sip.Tests.Transport;

public sealed class PongWaiterTests
{
    private readonly PongWaiter _pong = new();

    [Fact]
    public void LineEnds_Unasked_ArePingsByTwos() =>
        Assert.Equal([false, true, false, true], Enumerable.Range(0, 4).Select(_ => _pong.TakeLineEnd()));

    [Fact]
    public async Task LineEnd_Awaited_IsThePong()
    {
        var answer = _pong.Expect()!;
        Assert.False(_pong.TakeLineEnd());
        Assert.True(await answer.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.False(_pong.TakeLineEnd());
        Assert.True(_pong.TakeLineEnd());
    }

    [Fact]
    public void Silence_OfAPeerThatNeverAnswered_IsNoFailure()
    {
        Assert.NotNull(_pong.Expect());
        Assert.False(_pong.GiveUp());
        Assert.Null(_pong.Expect());
    }

    [Fact]
    public void Silence_OfAPeerThatHasAnswered_IsDeath()
    {
        _pong.Expect();
        _pong.TakeLineEnd();
        Assert.NotNull(_pong.Expect());
        Assert.True(_pong.GiveUp());
    }

    [Fact]
    public async Task End_OfTheConnection_EndsTheWait()
    {
        var answer = _pong.Expect()!;
        _pong.Fail(new SipTransportException("lost"));
        await Assert.ThrowsAsync<SipTransportException>(() => answer);
    }
}
