using System.Net;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Transactions;

/// <summary>A refusal that has come is the outcome, whatever becomes of its ACK.</summary>
public sealed class InviteAckFailureTests
{
    [Theory]
    [InlineData(SipTransportKind.Udp)]
    [InlineData(SipTransportKind.Tcp)]
    public async Task Refusal_ItsAckCannotBeSent_IsStillTheOutcome(SipTransportKind kind)
    {
        var transport = new AcklessTransport(kind);
        await using var stack = new SipStack([transport], _ => Task.CompletedTask, new SipStackOptions { TimeProvider = new ManualTimeProvider() });
        stack.Start();
        var transaction = stack.Begin(Invite(), new SipTarget(kind, new IPEndPoint(IPAddress.Loopback, 5070)));
        var refusal = SipResponse.AnswerTo(transaction.Request, 486, null, "t");
        stack.OnReceived(transport, transaction.Target.EndPoint, SipParser.ParseDatagram(refusal.ToBytes()));

        var outcome = await transaction.FinalResponse.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True(transport.IsAckRefused);
        Assert.Equal((486, null), (outcome.StatusCode, transaction.FailureCause));
    }

    private static SipRequest Invite()
    {
        var request = new SipRequest(SipMethods.Invite, SipUri.Parse("sip:bob@example.com"));
        request.Headers.Add(HeaderId.From, "<sip:alice@example.com>;tag=a");
        request.Headers.Add(HeaderId.To, "<sip:bob@example.com>");
        request.Headers.Add(HeaderId.CallId, "one");
        request.Headers.Add(HeaderId.CSeq, "1 INVITE");
        return request;
    }

    private sealed class AcklessTransport(SipTransportKind kind) : ISipTransport
    {
        public bool IsAckRefused { get; private set; }

        public SipTransportKind Kind => kind;

        public IPEndPoint LocalEndPoint { get; } = new(IPAddress.Loopback, 5061);

        public void Start(ISipTransportReceiver receiver)
        {
        }

        public ValueTask SendAsync(SipTarget target, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
        {
            IsAckRefused = bytes.Span.StartsWith("ACK "u8);
            return IsAckRefused ? throw new SipTransportException("The network is gone.") : ValueTask.CompletedTask;
        }

        public ValueTask<bool> PingAsync(SipTarget target, CancellationToken cancellationToken = default) => ValueTask.FromResult(false);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
