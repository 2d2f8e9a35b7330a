using System.Collections.Concurrent;
using System.Net;
using System.Text;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Transactions;

/// <summary>Above its limits a stack refuses new requests without remembering them, and finishes what it has begun.</summary>
public sealed class OverloadTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly RecordingTransport _transport = new();
    private readonly ConcurrentQueue<ServerTransaction> _taken = new();
    private readonly SipStack _stack;

    public OverloadTests()
    {
        _stack = new SipStack([_transport], _ => Task.CompletedTask, new SipStackOptions
        {
            TimeProvider = _clock,
            MaxServerTransactions = 3,
            MaxServerTransactionsPerSource = 2,
        })
        {
            Filter = new TakesAll(_taken),
        };
        _stack.Start();
    }

    [Fact]
    public void Requests_AboveTheLimitOfTheirSource_AreRefusedWhileAnotherSourceIsServed()
    {
        Receive("192.0.2.1", "one");
        Receive("192.0.2.1", "two");
        Receive("192.0.2.1", "three");
        var refusal = Assert.Single(_transport.Sent);
        Assert.Equal(503, refusal.StatusCode);
        Assert.Equal("10", refusal.Headers.Get(HeaderId.RetryAfter));
        Assert.Equal("three", refusal.CallId);
        Receive("2001:db8::1", "four");
        Assert.Equal(3, _taken.Count);
    }

    [Fact]
    public void Requests_AboveTheTotal_AreRefusedFromAnySource()
    {
        Receive("192.0.2.1", "one");
        Receive("192.0.2.1", "two");
        Receive("2001:db8::1", "three");
        Receive("2001:db8:1::1", "four");
        Assert.Equal("four", Assert.Single(_transport.Sent).CallId);
        Assert.Equal(3, _stack.TransactionCount);
    }

    [Fact]
    public void Refusal_OfACopy_IsTheSame()
    {
        Receive("192.0.2.1", "one");
        Receive("192.0.2.1", "two");
        Receive("192.0.2.1", "three");
        Receive("192.0.2.1", "three");
        Assert.Equal(2, _transport.Sent.Count);
        Assert.Single(_transport.Sent.Select(r => r.ToString()).Distinct());
        Assert.NotNull(_transport.Sent.First().To!.Tag);
    }

    [Fact]
    public void Copies_OfWhatIsUnderWay_AreStillAnsweredAboveTheLimit()
    {
        Receive("192.0.2.1", "one");
        Receive("192.0.2.1", "two");
        Assert.True(_taken.TryDequeue(out var first));
        first.Respond(200);
        Receive("192.0.2.1", "one");
        Assert.Equal([200, 200], _transport.Sent.Select(r => r.StatusCode));
    }

    [Fact]
    public void Room_ThatIsForgotten_IsGivenAgain()
    {
        for (var round = 0; round < 5; round++)
        {
            Receive("192.0.2.1", $"one-{round}");
            Receive("192.0.2.1", $"two-{round}");
            foreach (var transaction in _taken)
            {
                transaction.Respond(200);
            }

            _taken.Clear();
            _clock.Advance(SipTimers.Default.Timeout + TimeSpan.FromSeconds(1));
            Assert.Equal(0, _stack.TransactionCount);
        }

        Assert.All(_transport.Sent, r => Assert.Equal(200, r.StatusCode));
    }

    [Fact]
    public async Task Requests_AboveTheBytesOfAnswers_AreRefusedUntilSomeAreForgotten()
    {
        await using var stack = new SipStack([_transport], _ => Task.CompletedTask, new SipStackOptions { TimeProvider = _clock, MaxRememberedBytes = 500 })
        {
            Filter = new TakesAll(_taken),
        };
        foreach (var callId in new[] { "one", "two", "three" })
        {
            Receive("192.0.2.1", callId, stack);
            if (_taken.TryDequeue(out var transaction))
            {
                transaction.Respond(200);
            }
        }

        Assert.Equal([200, 200, 503], _transport.Sent.Select(r => r.StatusCode));
        _clock.Advance(SipTimers.Default.Timeout + TimeSpan.FromSeconds(1));
        Receive("192.0.2.1", "four", stack);
        Assert.Single(_taken);
    }

    public ValueTask DisposeAsync() => _stack.DisposeAsync();

    private void Receive(string source, string callId, SipStack? stack = null) => (stack ?? _stack).OnReceived(
        _transport,
        new IPEndPoint(IPAddress.Parse(source), 5060),
        SipParser.ParseDatagram(Encoding.ASCII.GetBytes($"""
            MESSAGE sip:alice@example.com SIP/2.0
            Via: SIP/2.0/UDP {source.Replace(':', '-')};rport;branch=z9hG4bK{callId}
            Max-Forwards: 70
            From: <sip:bob@example.com>;tag=b
            To: <sip:alice@example.com>
            Call-ID: {callId}
            CSeq: 7 MESSAGE
            Content-Length: 0


            """.ReplaceLineEndings("\r\n"))));

    private sealed class TakesAll(ConcurrentQueue<ServerTransaction> taken) : ISipRequestFilter
    {
        public bool TryTake(ServerTransaction transaction)
        {
            taken.Enqueue(transaction);
            return true;
        }

        public void OnAck(SipRequest ack)
        {
        }
    }

    private sealed class RecordingTransport : ISipTransport
    {
        public ConcurrentQueue<SipResponse> Sent { get; } = new();

        public SipTransportKind Kind => SipTransportKind.Udp;

        public IPEndPoint LocalEndPoint { get; } = new(IPAddress.Loopback, 5060);

        public void Start(ISipTransportReceiver receiver)
        {
        }

        public ValueTask SendAsync(SipTarget target, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
        {
            Sent.Enqueue((SipResponse)SipParser.ParseDatagram(bytes.ToArray()).Message!);
            return ValueTask.CompletedTask;
        }

        public ValueTask<bool> PingAsync(SipTarget target, CancellationToken cancellationToken = default) => ValueTask.FromResult(true);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
