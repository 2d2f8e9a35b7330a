using System.Net;
using System.Text;
using System.Threading.Channels;
using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Sip;
using ComIm.Sip.Authentication;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;

namespace ComIm.Client.Tests.Sessions;

/// <summary>A registrar and the only other person there, scripted: what alice sends comes here, and bob's words come from here.</summary>
internal sealed class SessionPeer : ISessionHandler, IAsyncDisposable
{
    public static readonly SessionBody Sdp = new(
        "application/sdp", Encoding.ASCII.GetBytes("v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=session\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=message 5060 sip null\r\na=accept-types:text/plain\r\n"));

    private readonly Channel<ServerTransaction> _outside = Channel.CreateUnbounded<ServerTransaction>();
    private readonly Channel<ServerTransaction> _inside = Channel.CreateUnbounded<ServerTransaction>();
    private readonly Channel<SessionEnd> _ended = Channel.CreateUnbounded<SessionEnd>();
    private readonly UdpTransport _transport = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly SipStack _stack;
    private SipUri? _alice;

    public SessionPeer()
    {
        var dialogs = new DialogTable();
        _stack = new SipStack([_transport], HandleAsync) { Filter = dialogs };
        Agent = new SipUserAgent(_stack, new SipTarget(SipTransportKind.Udp, _transport.LocalEndPoint), new RequestAuthenticator(null), "peer")
        {
            Locate = (uri, _) => ValueTask.FromResult(TargetOf(uri!)),
        };
        Dialogs = dialogs;
        _stack.Start();
    }

    public SipUserAgent Agent { get; }

    public DialogTable Dialogs { get; }

    /// <summary>What requests in sessions are answered with; null leaves it to the test.</summary>
    public int? Answers { get; set; } = 200;

    public async Task<ImAccount> SignInAsync(ImClient client, Func<ImAccountSettings, ImAccountSettings>? change = null)
    {
        var settings = new ImAccountSettings { Address = "sip:alice@example.com", Server = _transport.LocalEndPoint.ToString() };
        return await client.SignInAsync(change is null ? settings : change(settings)).WaitAsync(TimeSpan.FromSeconds(20));
    }

    public SessionAgent Sessions => new(
        new SipUserAgent(_stack, TargetOf(_alice!), new RequestAuthenticator(null), "peer"),
        Dialogs,
        new SessionOptions
        {
            Identity = new NameAddress(SipUri.Parse("sip:bob@example.com")),
            Contact = new NameAddress(SipUri.Parse($"sip:bob@{_transport.LocalEndPoint}")),
        });

    /// <summary>Whether another request outside a session has come.</summary>
    public bool HasRequest => _outside.Reader.Count > 0;

    /// <summary>The next request outside a session.</summary>
    public async Task<ServerTransaction> RequestAsync(string method)
    {
        while (true)
        {
            var transaction = await _outside.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
            if (transaction.Request.Method == method)
            {
                return transaction;
            }
        }
    }

    /// <summary>Takes the next INVITE.</summary>
    public async Task<InviteSession> AcceptAsync() => (await InviteAsync()).Accept(Sdp)!;

    public async Task<IncomingInvite> InviteAsync() => Sessions.Receive(await RequestAsync(SipMethods.Invite), this)!;

    /// <summary>Refuses the next INVITE.</summary>
    public async Task RefuseAsync(int status) => (await RequestAsync(SipMethods.Invite)).Respond(status);

    /// <summary>The next request in a session.</summary>
    public async Task<ServerTransaction> InsideAsync() => await _inside.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    public async Task<string> TextAsync() => (await InsideAsync()).Request.BodyText;

    public async Task<SessionEnd> EndedAsync() => await _ended.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    /// <summary>Begins a session with alice.</summary>
    public async Task<InviteOutcome> CallAsync(SessionBody? offer, Action<SipRequest>? prepare = null) =>
        await Sessions.Invite(SipUri.Parse("sip:alice@example.com"), offer, this, prepare).Completion.WaitAsync(TimeSpan.FromSeconds(20));

    public OutgoingInvite Ring(Action<SipRequest>? prepare = null) =>
        Sessions.Invite(SipUri.Parse("sip:alice@example.com"), Sdp, this, prepare);

    /// <summary>Sends alice a MESSAGE outside a session, and checks how she answers.</summary>
    public async Task SendOutsideAsync(string body, int expected, string type = "message/cpim", string? id = null)
    {
        var request = new SipRequest(SipMethods.Message, _alice!);
        request.Headers.Add(HeaderId.From, "<sip:bob@example.com>;tag=" + (id ?? SipTokens.NewTag()));
        request.Headers.Add(HeaderId.To, "<sip:alice@example.com>");
        request.Headers.Add(HeaderId.CallId, id ?? SipTokens.NewCallId());
        request.Headers.Add(HeaderId.CSeq, "1 MESSAGE");
        request.SetBody(type, Encoding.UTF8.GetBytes(body));
        var response = await _stack.Begin(request, TargetOf(_alice!)).FinalResponse.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(expected, response.StatusCode);
    }

    public static Task<SipOutcome> SayAsync(InviteSession session, string text, string type = "text/plain", string method = SipMethods.Message)
    {
        var request = session.CreateRequest(method);
        request.SetBody(type, Encoding.UTF8.GetBytes(text));
        return session.SendAsync(request).WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>Waits until a conversation is in a state, and says why.</summary>
    public static Func<ConversationState, Task<ConversationStateChangedEventArgs>> Watch(Conversation conversation)
    {
        var seen = Channel.CreateUnbounded<ConversationStateChangedEventArgs>();
        conversation.StateChanged += (_, e) => seen.Writer.TryWrite(e);
        return async state =>
        {
            while (true)
            {
                var change = await seen.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
                if (change.NewState == state)
                {
                    return change;
                }
            }
        };
    }

    public void OnRequest(InviteSession session, ServerTransaction transaction)
    {
        _inside.Writer.TryWrite(transaction);
        if (Answers is { } status)
        {
            transaction.Respond(status);
        }
    }

    public void OnEnded(InviteSession session, SessionEnd ending) => _ended.Writer.TryWrite(ending);

    public ValueTask DisposeAsync() => _stack.DisposeAsync();

    private static SipTarget TargetOf(SipUri uri) => new(SipTransportKind.Udp, new IPEndPoint(IPAddress.Parse(uri.Host), uri.Port!.Value));

    private Task HandleAsync(ServerTransaction transaction)
    {
        if (transaction.Request.Method == SipMethods.Register)
        {
            _alice = transaction.Request.Contact?.Uri ?? _alice;
            var response = transaction.CreateResponse(200);
            response.Headers.CopyFrom(transaction.Request.Headers, HeaderId.Contact);
            transaction.Respond(response);
        }
        else
        {
            _outside.Writer.TryWrite(transaction);
        }

        return Task.CompletedTask;
    }
}
