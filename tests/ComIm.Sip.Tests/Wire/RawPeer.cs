using System.Net;
using System.Threading.Channels;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Tests.Wire;

/// <summary>A peer without a stack: it says what a test has it say.</summary>
internal sealed class RawPeer : ISipTransportReceiver
{
    private readonly Channel<SipMessage> _received = Channel.CreateUnbounded<SipMessage>();
    private readonly MemoryTransport _transport;
    private readonly IPEndPoint _remote;

    public RawPeer(MemoryWire wire, int port, IPEndPoint remote)
    {
        _transport = wire.Attach(port);
        _remote = remote;
        _transport.Start(this);
    }

    public IPEndPoint EndPoint => _transport.LocalEndPoint;

    public string Contact => $"<sip:peer@{EndPoint}>";

    public async Task<SipRequest> RequestAsync(string method)
    {
        while (true)
        {
            if (await _received.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20)) is SipRequest request && request.Method == method)
            {
                return request;
            }
        }
    }

    public async Task<SipResponse> ResponseAsync(string method, int least = 101)
    {
        while (true)
        {
            if (await _received.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20)) is SipResponse response
                && response.CSeq?.Method == method && response.StatusCode >= least)
            {
                return response;
            }
        }
    }

    public void Send(SipMessage message) => _transport.Send(_remote, message.ToBytes());

    public void Send(string text) =>
        _transport.Send(_remote, System.Text.Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")));

    public SipResponse Respond(SipRequest request, int status, string? tag = null, Action<SipResponse>? prepare = null)
    {
        var response = SipResponse.AnswerTo(request, status, null, tag);
        prepare?.Invoke(response);
        Send(response);
        return response;
    }

    /// <summary>A 1xx or 2xx that makes a dialog.</summary>
    public SipResponse Answer(SipRequest request, int status, string tag, Action<SipResponse>? prepare = null) =>
        Respond(request, status, tag, r =>
        {
            r.Headers.Add(HeaderId.Contact, Contact);
            prepare?.Invoke(r);
        });

    /// <summary>A request of ours inside the dialog that a request and our tag have made, or outside with other names.</summary>
    public SipRequest CreateRequest(string method, string uri, string from, string to, string callId, uint number)
    {
        var request = new SipRequest(method, SipUri.Parse(uri));
        request.Headers.Add(HeaderId.Via, $"SIP/2.0/UDP {EndPoint};branch={SipTokens.NewBranch()}");
        request.Headers.Add(HeaderId.MaxForwards, "70");
        request.Headers.Add(HeaderId.From, from);
        request.Headers.Add(HeaderId.To, to);
        request.Headers.Add(HeaderId.CallId, callId);
        request.Headers.Add(HeaderId.CSeq, new CSeq(number, method).ToString());
        request.Headers.Add(HeaderId.Contact, Contact);
        return request;
    }

    /// <summary>A request back to the sender of one that we have answered.</summary>
    public SipRequest CreateBack(SipRequest original, string ourTag, string method, uint number) => CreateRequest(
        method, original.Contact!.UriText, original.Headers.Get(HeaderId.To) + ";tag=" + ourTag, original.Headers.Get(HeaderId.From)!, original.CallId!, number);

    public void OnReceived(ISipTransport transport, IPEndPoint remote, SipParseResult result) => _received.Writer.TryWrite(result.Message!);

    public void OnFailed(ISipTransport transport, IPEndPoint? remote, SipTransportException cause)
    {
    }
}
