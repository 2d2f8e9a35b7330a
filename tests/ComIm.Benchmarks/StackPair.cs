using System.Net;
using System.Text;
using ComIm.Sip;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Benchmarks;

/// <summary>Two stacks on loopback: one sends MESSAGE requests, the other answers 200.</summary>
internal sealed class StackPair : IAsyncDisposable
{
    private static readonly SipUri Bob = SipUri.Parse("sip:bob@example.com");
    private static readonly byte[] Text = Encoding.UTF8.GetBytes("Can you look at the disk of the mail server? It is full now.");

    private readonly SipStack _client;
    private readonly SipStack _server;
    private readonly SipTarget _target;
    private long _sequence;

    /// <summary>Makes the pair.</summary>
    /// <param name="kind">Over what.</param>
    /// <param name="isLimited">False remembers as many answered requests as come within timer J, whatever the default limit.</param>
    public StackPair(SipTransportKind kind, bool isLimited = false)
    {
        var any = new IPEndPoint(IPAddress.Loopback, 0);
        ISipTransport Make() => kind == SipTransportKind.Udp ? new UdpTransport(any) : new TcpTransport(any);
        var transport = Make();
        _server = new SipStack([transport], t =>
        {
            t.Respond(200);
            return Task.CompletedTask;
        }, isLimited ? new SipStackOptions() : new SipStackOptions
        {
            MaxServerTransactions = int.MaxValue, MaxServerTransactionsPerSource = int.MaxValue, MaxRememberedBytes = long.MaxValue,
        });
        _client = new SipStack([Make()], _ => Task.CompletedTask);
        _target = new SipTarget(kind, transport.LocalEndPoint);
        _server.Start();
        _client.Start();
    }

    public int TransactionCount => _client.TransactionCount + _server.TransactionCount;

    /// <summary>One round trip: a MESSAGE with 60 bytes of text and its final response.</summary>
    public Task<SipResponse> SendAsync()
    {
        var request = new SipRequest(SipMethods.Message, Bob);
        request.Headers.Add(HeaderId.From, "\"Alice\" <sip:alice@example.com>;tag=49583a2bc1d0e9f8");
        request.Headers.Add(HeaderId.To, "<sip:bob@example.com>");
        request.Headers.Add(HeaderId.CallId, "5f1d3a7c9be04c6d8a12f3b4c5d6e7f8");
        request.Headers.Add(HeaderId.CSeq, new CSeq((uint)Interlocked.Increment(ref _sequence), SipMethods.Message).ToString());
        request.SetBody("text/plain;charset=utf-8", Text);
        return _client.Begin(request, _target).FinalResponse;
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }
}
