using System.Collections.Concurrent;
using System.Net;
using System.Text;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Tests.Transactions;

/// <summary>Requests of one Call-ID begin to be handled in the order in which they came, however many threads there are.</summary>
public sealed class HandlerLanesTests
{
    private const int Count = 500;
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);
    private static readonly string[] Calls = ["one", "two", "three"];

    [Fact]
    public async Task Requests_OfADialog_BeginInTheirOrder()
    {
        var seen = Calls.ToDictionary(call => call, _ => new ConcurrentQueue<uint>());
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = Calls.Length * Count;
        await using var transport = new UdpTransport(new IPEndPoint(IPAddress.Loopback, 0));
        await using var stack = new SipStack([transport], transaction =>
        {
            seen[transaction.Request.CallId!].Enqueue(transaction.Request.CSeq!.Value.Number);
            if (Interlocked.Decrement(ref left) == 0)
            {
                all.SetResult();
            }

            return Task.CompletedTask;
        });
        for (var number = 1; number <= Count; number++)
        {
            foreach (var call in Calls)
            {
                Receive(stack, transport, call, number);
            }
        }

        await all.Task.WaitAsync(Guard);
        Assert.All(seen.Values, numbers => Assert.Equal(Enumerable.Range(1, Count).Select(n => (uint)n), numbers));
    }

    [Fact]
    public async Task Request_WhoseHandlerWaits_HoldsUpNoOther()
    {
        var isOver = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var transport = new UdpTransport(new IPEndPoint(IPAddress.Loopback, 0));
        await using var stack = new SipStack([transport], async transaction =>
        {
            if (transaction.Request.CSeq!.Value.Number == 1)
            {
                await isOver.Task;
            }
            else
            {
                second.SetResult();
                throw new InvalidOperationException("A handler that throws holds up nobody either.");
            }
        });
        Receive(stack, transport, "one", 1);
        Receive(stack, transport, "one", 2);
        await second.Task.WaitAsync(Guard);
        isOver.SetResult();
    }

    private static void Receive(SipStack stack, UdpTransport transport, string callId, int number) => stack.OnReceived(
        transport,
        new IPEndPoint(IPAddress.Loopback, 9),
        SipParser.ParseDatagram(Encoding.ASCII.GetBytes($"""
            MESSAGE sip:alice@example.com SIP/2.0
            Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK{callId}{number}
            Max-Forwards: 70
            From: <sip:bob@example.com>;tag=b
            To: <sip:alice@example.com>;tag=a
            Call-ID: {callId}
            CSeq: {number} MESSAGE
            Content-Length: 0


            """.ReplaceLineEndings("\r\n"))));
}
