using System.Net;
using ComIm.Sip.Messages;
using ComIm.Sip.Tests.Wire;
using ComIm.Sip.Transactions;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Trace;

/// <summary>Who may trace, but does not now, is told nothing: no message is copied for it.</summary>
public sealed class TraceSwitchTests
{
    [Fact]
    public async Task Trace_SwitchedOnAndOffWhileInUse_IsToldOfWhatGoesByMeanwhile()
    {
        var wire = new MemoryWire();
        var isOn = false;
        var (asked, traced) = (0, new List<string>());
        var here = wire.Attach(5061, Sip.Transport.SipTransportKind.Udp);
        var options = new SipStackOptions
        {
            TimeProvider = new ManualTimeProvider(),
            Trace = entry => traced.Add((entry.Sent ? "> " : "< ") + entry.Summary),
            IsTracing = () => ++asked > 0 && isOn,
        };
        await using var stack = new SipStack([here], _ => Task.CompletedTask, options);
        stack.Start();
        var peer = new RawPeer(wire, 5070, new IPEndPoint(IPAddress.Loopback, 5061));

        await ExchangeAsync("one");
        Assert.Equal((2, 0), (asked, traced.Count));
        isOn = true;
        await ExchangeAsync("two");
        isOn = false;
        await ExchangeAsync("three");
        Assert.Equal(6, asked);
        Assert.Equal(["> OPTIONS sip:two@example.com", "< 200 OK"], traced);

        async Task ExchangeAsync(string user)
        {
            var transaction = stack.Begin(Options(user), new(Sip.Transport.SipTransportKind.Udp, new IPEndPoint(IPAddress.Loopback, 5070)));
            peer.Respond(await peer.RequestAsync(SipMethods.Options), 200, "t");
            Assert.Equal(200, (await transaction.FinalResponse.WaitAsync(TimeSpan.FromSeconds(20))).StatusCode);
        }
    }

    private static SipRequest Options(string user)
    {
        var request = new SipRequest(SipMethods.Options, SipUri.Parse($"sip:{user}@example.com"));
        request.Headers.Add(HeaderId.From, "<sip:alice@example.com>;tag=a");
        request.Headers.Add(HeaderId.To, $"<sip:{user}@example.com>");
        request.Headers.Add(HeaderId.CallId, SipTokens.NewCallId());
        request.Headers.Add(HeaderId.CSeq, "1 OPTIONS");
        return request;
    }
}
