using ComIm.Client.Typing;
using ComIm.TestKit;

namespace ComIm.Client.Tests.Typing;

public sealed class TypingSenderTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly List<bool> _sent = [];
    private readonly TypingSender _sender;

    public TypingSenderTests() => _sender = new TypingSender(
        _clock,
        isActive =>
        {
            _sent.Add(isActive);
            return Task.CompletedTask;
        },
        () => TypingTimes.Refresh);

    [Fact]
    public async Task Typed_AgainAndAgain_IsSaidOnceAndRefreshed()
    {
        for (var i = 0; i < 12; i++)
        {
            await _sender.OnTyped();
            _clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal([true, true], _sent);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([true, true, false], _sent);
        Assert.Equal((false, 0), (_sender.IsActive, _clock.ArmedTimers));
    }

    [Fact]
    public async Task Typed_NothingFor15Seconds_IsIdle()
    {
        await _sender.OnTyped();
        _clock.Advance(TimeSpan.FromSeconds(14));
        Assert.Equal([true], _sent);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([true, false], _sent);
        await _sender.OnTyped();
        Assert.Equal([true, false, true], _sent);
    }

    [Fact]
    public async Task Sent_AfterTyping_SaysNothingMore()
    {
        await _sender.OnTyped();
        _sender.OnSent();
        await _sender.OnStopped();
        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal([true], _sent);
        Assert.Equal(0, _clock.ArmedTimers);
    }

    [Fact]
    public async Task Stopped_WhileActive_IsSaidOnce()
    {
        await _sender.OnStopped();
        await _sender.OnTyped();
        await _sender.OnStopped();
        await _sender.OnStopped();
        Assert.Equal([true, false], _sent);
    }
}
