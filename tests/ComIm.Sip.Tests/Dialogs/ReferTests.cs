using System.Collections.Concurrent;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Tests.Dialogs;

public sealed class ReferTests
{
    private static NameAddress Carol { get; } = new(SipUri.Parse("sip:carol@example.com"));

    [Fact]
    public async Task Refer_InSession_ReportsProgressUntilFinal()
    {
        await using var net = new SessionFixture();
        var (alice, bob) = await net.EstablishAsync();
        var seen = new ConcurrentQueue<int>();
        var refer = alice.Refer(Carol, p => seen.Enqueue(p.StatusCode));
        var incoming = await net.BobHandler.ReferAsync();
        Assert.Equal("sip:carol@example.com", incoming.ReferTo.UriText);
        Assert.Equal("sip:alice@example.com", incoming.ReferredBy!.UriText);
        incoming.Accept();
        Assert.Equal(202, (await refer.Outcome).StatusCode);
        await incoming.ReportAsync(new SipResponse(180));
        await incoming.ReportAsync(new SipResponse(200));
        var last = await refer.Completion;
        Assert.Equal(new ReferProgress(200, "OK", true), last);
        Assert.Equal([100, 180, 200], seen);
        var notify = await net.Wire.RequestAsync(SipMethods.Notify);
        Assert.Equal("message/sipfrag;version=2.0", notify.Headers.Get(HeaderId.ContentType));
        Assert.Equal("refer;id=2", notify.Headers.Get(HeaderId.Event));

        // The reports were in the session's dialog, which goes on.
        Assert.Equal((1, 1), (net.Alice.Dialogs.Count, net.Bob.Dialogs.Count));
        Assert.Equal(200, (await bob.ByeAsync())!.StatusCode);
    }

    [Fact]
    public async Task Refer_SessionEnded_ReportsGoOn()
    {
        await using var net = new SessionFixture();
        var (alice, _) = await net.EstablishAsync();
        var refer = alice.Refer(Carol);
        var incoming = await net.BobHandler.ReferAsync();
        incoming.Accept();
        await refer.Outcome;
        await alice.ByeAsync();
        Assert.Equal(1, net.Bob.Dialogs.Count);
        await incoming.ReportAsync(new SipResponse(503));
        Assert.Equal(503, (await refer.Completion).StatusCode);
        Assert.Equal((0, 0), (net.Alice.Dialogs.Count, net.Bob.Dialogs.Count));
    }

    [Fact]
    public async Task Refer_Declined_Ends()
    {
        await using var net = new SessionFixture();
        var (alice, _) = await net.EstablishAsync();
        var refer = alice.Refer(Carol);
        (await net.BobHandler.ReferAsync()).Reject(603);
        Assert.Equal(603, (await refer.Outcome).StatusCode);
        Assert.True((await refer.Completion).IsLast);
        Assert.Equal(0, net.Wire.CountRequests(SipMethods.Notify));
    }

    [Fact]
    public async Task Refer_WithoutSubscription_IsTakenWithoutReports()
    {
        await using var net = new SessionFixture();
        var (alice, _) = await net.EstablishAsync();
        var refer = alice.Refer(Carol, null, r => r.Headers.Add(HeaderId.ReferSub, "false"));
        (await net.BobHandler.ReferAsync()).Accept();
        Assert.Equal(202, (await refer.Outcome).StatusCode);
        Assert.Equal(0, (await refer.Completion).StatusCode);
        Assert.Equal(0, net.Wire.CountRequests(SipMethods.Notify));
    }

    [Fact]
    public async Task Refer_OutsideDialog_MakesItsOwn()
    {
        await using var net = new SessionFixture();
        var refer = net.Alice.Sessions.Refer(SessionFixture.BobUri, Carol);
        var incoming = net.Bob.Sessions.ReceiveRefer(await net.Bob.RequestAsync())!;
        incoming.Accept();
        await refer.Outcome;
        Assert.Equal((1, 1), (net.Alice.Dialogs.Count, net.Bob.Dialogs.Count));
        await incoming.ReportAsync(new SipResponse(200));
        Assert.Equal(200, (await refer.Completion).StatusCode);
        Assert.Equal((0, 0), (net.Alice.Dialogs.Count, net.Bob.Dialogs.Count));
    }

    [Fact]
    public async Task Refer_NeverReported_EndsAfter64T1()
    {
        await using var net = new SessionFixture();
        net.Wire.Lose = m => m is SipRequest { Method: SipMethods.Notify };
        var refer = net.Alice.Sessions.Refer(SessionFixture.BobUri, Carol);
        net.Bob.Sessions.ReceiveRefer(await net.Bob.RequestAsync())!.Accept();
        await refer.Outcome;
        net.Clock.Advance(TimeSpan.FromSeconds(33));
        Assert.Equal(new ReferProgress(0, string.Empty, true), await refer.Completion.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Theory]
    [InlineData("SIP/2.0 200 OK\r\nTo: x\r\n", 200)]
    [InlineData("SIP/2.0 100", 100)]
    [InlineData("SIP/2.0 99 No", 0)]
    [InlineData("HTTP/1.1 200 OK", 0)]
    [InlineData("", 0)]
    public void SipFragment_StatusLine_IsRead(string text, int status)
    {
        Assert.Equal(status != 0, SipFragment.TryRead(System.Text.Encoding.UTF8.GetBytes(text), out var code, out _));
        Assert.Equal(status, code);
    }
}
