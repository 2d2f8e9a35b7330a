using System.Net;
using ComIm.Sip.Messages;
using ComIm.Sip.Tests.Wire;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Security;

/// <summary>Who makes the network report failures by the thousand, while many transactions are open.</summary>
public sealed class ReportFloodTests
{
    private const int Open = 5_000;
    private const int Reports = 100_000;

    [Fact]
    public async Task PortReports_WithoutAnAddress_CostNoLookAtAllThatWait()
    {
        // Over all that wait each time these would be half a billion steps; the guard of the run would end them.
        await using var party = new Party(new MemoryWire(), new ManualTimeProvider(), "alice", 5061, 5070);
        var waiting = Enumerable.Range(0, Open).Select(i => Begin(party, 6000 + (i % 2))).ToList();
        for (var i = 0; i < Reports; i++)
        {
            party.Stack.OnFailed(party.Transport, null, new SipTransportException("Port unreachable."));
            party.Stack.OnFailed(party.Transport, new IPEndPoint(IPAddress.Loopback, 7000), new SipTransportException("Gone."));
        }

        // It cannot be known whose they are.
        Assert.DoesNotContain(waiting, t => t.FinalResponse.IsCompleted);
    }

    [Fact]
    public async Task PortReport_OfTheOnlyPlaceThatIsWaitedFor_EndsWhatWaitsThereAndNothingElse()
    {
        await using var party = new Party(new MemoryWire(), new ManualTimeProvider(), "alice", 5061, 5070);
        var cause = new SipTransportException("Port unreachable.");
        var here = Begin(party, 6000);
        var there = Begin(party, 6001);
        party.Stack.OnFailed(party.Transport, new IPEndPoint(IPAddress.Loopback, 6000), cause);
        Assert.Same(cause, here.FailureCause);
        Assert.Null(there.FailureCause);

        var again = Begin(party, 6001);
        party.Stack.OnFailed(party.Transport, null, cause);
        Assert.Equal((503, 503), ((await there.FinalResponse).StatusCode, (await again.FinalResponse).StatusCode));
        party.Stack.OnFailed(party.Transport, null, cause);
        Assert.Equal(0, party.Stack.TransactionCount);
    }

    [Fact]
    public async Task Report_AfterTheAnswer_FindsNothing()
    {
        var wire = new MemoryWire();
        await using var alice = new Party(wire, new ManualTimeProvider(), "alice", 5061, 5070);
        await using var bob = new Party(wire, new ManualTimeProvider(), "bob", 5070, 5061);
        var asked = Begin(alice, 5070);
        (await bob.RequestAsync()).Respond(200);
        Assert.Equal(200, (await asked.FinalResponse.WaitAsync(TimeSpan.FromSeconds(20))).StatusCode);
        alice.Stack.OnFailed(alice.Transport, null, new SipTransportException("late"));
        Assert.Null(asked.FailureCause);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(30)]
    public async Task Request_AnsweredWhenever_IsForgottenWithItsClient(int after)
    {
        // Timer J keeps the bytes of the answer for 32 s; a request that is never answered is given up when its client does.
        var clock = new ManualTimeProvider();
        var wire = new MemoryWire();
        await using var party = new Party(wire, clock, "alice", 5061, 5070);
        await using var peer = new Party(wire, clock, "bob", 5070, 5061);
        Begin(peer, 5061);
        Begin(peer, 5061);
        var answered = await party.RequestAsync();
        var unanswered = await party.RequestAsync();
        clock.Advance(TimeSpan.FromSeconds(after));
        answered.Respond(200);
        clock.Advance(TimeSpan.FromSeconds(33));
        Assert.Equal((TransactionState.Completed, TransactionState.Terminated), (answered.State, unanswered.State));
        Assert.Equal(0, party.Stack.TransactionCount);
    }

    private static ClientTransaction Begin(Party party, int port)
    {
        var request = new SipRequest(SipMethods.Options, SipUri.Parse("sip:bob@example.com"));
        request.Headers.Add(HeaderId.From, "<sip:alice@example.com>;tag=1");
        request.Headers.Add(HeaderId.To, "<sip:bob@example.com>");
        request.Headers.Add(HeaderId.CallId, SipTokens.NewCallId());
        request.Headers.Add(HeaderId.CSeq, "1 OPTIONS");
        return party.Stack.Begin(request, new SipTarget(SipTransportKind.Udp, new IPEndPoint(IPAddress.Loopback, port)));
    }
}
