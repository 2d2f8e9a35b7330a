using System.Globalization;
using System.Net;
using System.Threading.Channels;
using ComIm.Sip;
using ComIm.Sip.Authentication;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;

namespace ComIm.Server.Tests;

/// <summary>A device of a user: a real stack that sends what a test says and keeps what comes in.</summary>
internal sealed class TestUser : ISipRequestFilter, IAsyncDisposable
{
    private readonly SipStack _stack;
    private readonly RequestAuthenticator _authenticator;
    private readonly Channel<ServerTransaction> _received = Channel.CreateUnbounded<ServerTransaction>();
    private readonly Channel<SipRequest> _acks = Channel.CreateUnbounded<SipRequest>();

    public TestUser(string name, IPEndPoint server, SipTransportKind kind = SipTransportKind.Udp, string? password = null)
    {
        Name = name;
        Server = new SipTarget(kind, server);
        var local = new IPEndPoint(IPAddress.Loopback, 0);
        ISipTransport transport = kind == SipTransportKind.Udp ? new UdpTransport(local) : new TcpTransport(local);
        Local = transport.LocalEndPoint;
        Contact = $"<sip:{name}@{Local}{(kind == SipTransportKind.Udp ? "" : ";transport=tcp")}>";
        _authenticator = new RequestAuthenticator(new SipCredential(name, password ?? "secret-" + name));
        _stack = new SipStack([transport], HandleAsync) { Filter = this };
        _stack.Start();
    }

    public string Name { get; }

    public SipTarget Server { get; }

    public IPEndPoint Local { get; }

    public string Contact { get; init; }

    public string Address => $"sip:{Name}@{TestDomain.Name}";

    /// <summary>What becomes of a request; 200 unless a test says otherwise.</summary>
    public Func<ServerTransaction, Task> Answer { get; set; } = t =>
    {
        t.Respond(200);
        return Task.CompletedTask;
    };

    /// <summary>Makes a request outside a dialog.</summary>
    public SipRequest Create(string method, string to, uint sequence = 1, string? from = null)
    {
        var request = new SipRequest(method, SipUri.Parse(to));
        request.Headers.Add(HeaderId.From, $"<{from ?? Address}>;tag={SipTokens.NewTag()}");
        request.Headers.Add(HeaderId.To, $"<{(method == SipMethods.Register ? Address : to)}>");
        request.Headers.Add(HeaderId.CallId, SipTokens.NewCallId());
        request.Headers.Add(HeaderId.CSeq, new CSeq(sequence, method).ToString());
        request.Headers.Add(HeaderId.Contact, Contact);
        return request;
    }

    public SipRequest CreateMessage(string to, string text)
    {
        var request = Create(SipMethods.Message, to);
        request.Headers.Remove(HeaderId.Contact);
        request.SetBody("text/plain", System.Text.Encoding.UTF8.GetBytes(text));
        return request;
    }

    /// <summary>The REGISTER of this device.</summary>
    public SipRequest CreateRegister(int expires = 600, string? contact = null, uint sequence = 1, string? callId = null)
    {
        var request = Create(SipMethods.Register, "sip:" + TestDomain.Name, sequence);
        request.Headers.Set(HeaderId.Contact, contact ?? Contact);
        request.Headers.Add(HeaderId.Expires, expires.ToString(CultureInfo.InvariantCulture));
        if (callId is not null)
        {
            request.Headers.Set(HeaderId.CallId, callId);
        }

        return request;
    }

    public async Task<TestUser> RegisteredAsync()
    {
        Assert.Equal(200, (await SendAsync(CreateRegister())).StatusCode);
        return this;
    }

    /// <summary>Sends a request, answers one challenge, and waits for the final response.</summary>
    public async Task<SipResponse> SendAsync(SipRequest request) =>
        await (await BeginAsync(request)).FinalResponse.WaitAsync(TestDomain.Guard);

    /// <summary>The same without waiting for what follows the challenge.</summary>
    public async Task<ClientTransaction> BeginAsync(SipRequest request, Action<SipResponse>? onResponse = null)
    {
        var challenged = request.Copy();
        var probe = request.Copy();
        if (request.Method == SipMethods.Invite)
        {
            // An INVITE is for once: the challenge is learnt by another request.
            probe = CreateMessage("sip:nobody@" + TestDomain.Name, "");
        }

        _authenticator.Authorize(probe);
        var first = _stack.Begin(probe, Server);
        var response = await first.FinalResponse.WaitAsync(TestDomain.Guard);
        if (!_authenticator.Accept(response, probe) && request.Method != SipMethods.Invite)
        {
            return first;
        }

        challenged.Headers.Set(HeaderId.CSeq, new CSeq(request.CSeq!.Value.Number + 1, request.Method).ToString());
        _authenticator.Authorize(challenged);
        return _stack.Begin(challenged, Server, onResponse);
    }

    /// <summary>Sends a request as it is: no credentials are added.</summary>
    public async Task<SipResponse> SendRawAsync(SipRequest request) =>
        await _stack.Begin(request, Server).FinalResponse.WaitAsync(TestDomain.Guard);

    public void Authorize(SipRequest request, SipResponse challenge)
    {
        _authenticator.Accept(challenge, request);
        _authenticator.Authorize(request);
    }

    public Task SendAckAsync(SipRequest ack) => _stack.SendOnceAsync(ack, Server);

    public Task<ServerTransaction> NextAsync() => _received.Reader.ReadAsync().AsTask().WaitAsync(TestDomain.Guard);

    public Task<SipRequest> NextAckAsync() => _acks.Reader.ReadAsync().AsTask().WaitAsync(TestDomain.Guard);

    public bool HasReceived => _received.Reader.Count > 0;

    public ValueTask DisposeAsync() => _stack.DisposeAsync();

    bool ISipRequestFilter.TryTake(ServerTransaction transaction) => false;

    void ISipRequestFilter.OnAck(SipRequest ack) => _acks.Writer.TryWrite(ack);

    private Task HandleAsync(ServerTransaction transaction)
    {
        _received.Writer.TryWrite(transaction);
        return Answer(transaction);
    }
}
