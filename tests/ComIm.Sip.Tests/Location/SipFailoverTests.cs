using System.Net;
using ComIm.Sip.Location;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Tests.Location;

public sealed class SipFailoverTests
{
    private static readonly SipTransportException Silence = new("did not answer");
    private static readonly SipTarget[] Targets =
        [.. Enumerable.Range(1, 3).Select(i => new SipTarget(SipTransportKind.Udp, new IPEndPoint(IPAddress.Loopback, i)))];

    [Theory]
    [InlineData(200, false, false)]
    [InlineData(302, false, false)]
    [InlineData(401, false, false)]
    [InlineData(408, false, false)]
    [InlineData(500, false, false)]
    [InlineData(503, false, true)]
    [InlineData(603, false, false)]
    [InlineData(408, true, true)]
    [InlineData(503, true, true)]
    public void IsFailureOfTarget_Only503TimeoutAndTransport(int status, bool isOurs, bool fails) =>
        Assert.Equal(fails, SipFailover.IsFailureOfTarget(Outcome(status, isOurs)));

    [Fact]
    public async Task Send_503ThenTimeout_TheThirdCounts()
    {
        var tried = new List<int>();
        var (target, outcome) = await SipFailover.SendAsync(Sequence(Targets), (t, _) =>
        {
            tried.Add(t.EndPoint.Port);
            return Task.FromResult(t.EndPoint.Port switch { 1 => Outcome(503), 2 => Outcome(408, isOurs: true), _ => Outcome(200) });
        });
        Assert.Equal([1, 2, 3], tried);
        Assert.Equal((Targets[2], 200), (target, outcome.StatusCode));
    }

    [Fact]
    public async Task Send_Refusal_IsTheAnswer()
    {
        var (target, outcome) = await SipFailover.SendAsync(Sequence(Targets), (_, _) => Task.FromResult(Outcome(403)));
        Assert.Equal((Targets[0], 403), (target, outcome.StatusCode));
    }

    [Fact]
    public async Task Send_TransportThrows_NextIsTried()
    {
        var (target, _) = await SipFailover.SendAsync(
            Sequence(Targets), (t, _) => t == Targets[0] ? throw Silence : Task.FromResult(Outcome(200)));
        Assert.Equal(Targets[1], target);
    }

    [Fact]
    public async Task Send_AllFail_TheLastAnswerOrTheCause()
    {
        var (target, outcome) = await SipFailover.SendAsync(
            Sequence(Targets), (t, _) => t == Targets[2] ? throw Silence : Task.FromResult(Outcome(503)));
        Assert.Equal((Targets[1], 503), (target, outcome.StatusCode));
        var error = await Assert.ThrowsAsync<SipTransportException>(
            () => SipFailover.SendAsync(Sequence(Targets), (_, _) => throw Silence));
        Assert.Same(Silence, error);
        await Assert.ThrowsAsync<SipLocationException>(() => SipFailover.SendAsync(Sequence([]), (_, _) => throw Silence));
    }

    private static SipOutcome Outcome(int status, bool isOurs = false)
    {
        var request = new SipRequest(SipMethods.Options, SipUri.Parse("sip:example.com"));
        return new SipOutcome(SipResponse.AnswerTo(request, status), isOurs ? Silence : null);
    }

    private static async IAsyncEnumerable<SipTarget> Sequence(IEnumerable<SipTarget> targets)
    {
        foreach (var target in targets)
        {
            await Task.Yield();
            yield return target;
        }
    }
}
