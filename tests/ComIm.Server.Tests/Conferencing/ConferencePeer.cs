using System.Net;
using System.Text;
using System.Threading.Channels;
using System.Xml.Linq;
using ComIm.Sip;
using ComIm.Sip.Authentication;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Events;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;

namespace ComIm.Server.Tests.Conferencing;

/// <summary>A user's device that takes part in conferences as a test says, and keeps what comes in.</summary>
internal sealed class ConferencePeer : ISessionHandler, ISubscriptionHandler, IAsyncDisposable
{
    public const string Factory = "sip:conference-factory@" + TestDomain.Name;

    public static readonly SessionBody Sdp = Description("m=message 5060 sip null\r\na=accept-types:text/plain\r\n");

    private readonly Channel<ServerTransaction> _outside = Channel.CreateUnbounded<ServerTransaction>();
    private readonly Channel<ServerTransaction> _inside = Channel.CreateUnbounded<ServerTransaction>();
    private readonly Channel<XElement> _roster = Channel.CreateUnbounded<XElement>();
    private readonly Channel<SessionEnd> _ended = Channel.CreateUnbounded<SessionEnd>();
    private readonly UdpTransport _transport = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly DialogTable _dialogs = new();
    private readonly SipStack _stack;
    private readonly SipUserAgent _agent;
    private readonly NameAddress _identity;
    private readonly NameAddress _contact;

    private ConferencePeer(string name, IPEndPoint server)
    {
        Address = $"sip:{name}@{TestDomain.Name}";
        _identity = new NameAddress(SipUri.Parse(Address), char.ToUpperInvariant(name[0]) + name[1..]);
        _contact = new NameAddress(SipUri.Parse($"sip:{name}@{_transport.LocalEndPoint}"));
        _stack = new SipStack([_transport], HandleAsync) { Filter = _dialogs };
        var credential = new RequestAuthenticator(new SipCredential(name, "secret-" + name));
        _agent = new SipUserAgent(_stack, new SipTarget(SipTransportKind.Udp, server), credential, "peer");
        Sessions = new SessionAgent(_agent, _dialogs, new SessionOptions { Identity = _identity, Contact = _contact, Supported = ["replaces"] });
        _stack.Start();
    }

    public string Address { get; }

    public SessionAgent Sessions { get; }

    /// <summary>What requests in sessions are answered with; null leaves them unanswered.</summary>
    public int? Answers { get; set; } = 200;

    public static async Task<ConferencePeer> RegisteredAsync(string name, ImServer server)
    {
        var peer = new ConferencePeer(name, server.LocalEndPoint);
        var request = peer.Create(SipMethods.Register, "sip:" + TestDomain.Name);
        request.Headers.Set(HeaderId.To, $"<{peer.Address}>");
        request.Headers.Add(HeaderId.Contact, peer._contact.ToString());
        request.Headers.Add(HeaderId.Expires, "600");
        Assert.Equal(200, (await peer.SendAsync(request)).StatusCode);
        return peer;
    }

    public SipRequest Create(string method, string to)
    {
        var request = new SipRequest(method, SipUri.Parse(to));
        request.Headers.Add(HeaderId.From, _identity.With("tag", SipTokens.NewTag()).ToString());
        request.Headers.Add(HeaderId.To, $"<{to}>");
        request.Headers.Add(HeaderId.CallId, SipTokens.NewCallId());
        request.Headers.Add(HeaderId.CSeq, new CSeq(1, method).ToString());
        return request;
    }

    public async Task<SipOutcome> SendAsync(SipRequest request) => (await _agent.SendAsync(request).WaitAsync(TestDomain.Guard)).Outcome;

    public Task<InviteOutcome> CallAsync(string uri, SessionBody? offer = null, Action<SipRequest>? prepare = null) =>
        Sessions.Invite(SipUri.Parse(uri), offer ?? Sdp, this, prepare).Completion.WaitAsync(TestDomain.Guard);

    /// <summary>Comes into a room, or begins one.</summary>
    public async Task<(InviteSession Session, string Room)> JoinAsync(string uri = Factory, Action<SipRequest>? prepare = null)
    {
        var (outcome, session) = await CallAsync(uri, null, prepare);
        Assert.Equal(200, outcome.StatusCode);
        Assert.True(outcome.Response.Contact!.Parameters.Contains("isfocus"));
        return (session!, outcome.Response.Contact.UriText);
    }

    /// <summary>Asks a room to bring somebody in, or whatever else Refer-To says.</summary>
    /// <returns>The status of the REFER where it is refused; else the last one that is reported.</returns>
    public async Task<int> ReferAsync(string room, string referTo)
    {
        var refer = Sessions.Refer(SipUri.Parse(room), new NameAddress(SipUri.Parse(referTo)));
        var outcome = await refer.Outcome.WaitAsync(TestDomain.Guard);
        return outcome.StatusCode == 202 ? (await refer.Completion.WaitAsync(TestDomain.Guard)).StatusCode : outcome.StatusCode;
    }

    public static async Task<SipOutcome> SayAsync(InviteSession session, string text, string type = "text/plain", string method = SipMethods.Message)
    {
        var request = session.CreateRequest(method);
        request.SetBody(type, Encoding.UTF8.GetBytes(text));
        return await session.SendAsync(request).WaitAsync(TestDomain.Guard);
    }

    /// <summary>Follows the roster of a room.</summary>
    public async Task<SipOutcome> FollowAsync(string room) => await new Subscription(_agent, _dialogs, new SubscriptionSettings
    {
        Target = SipUri.Parse(room),
        Package = new EventPackage { Name = "conference", ContentTypes = ["application/conference-info+xml"], TellsChanges = true },
        Identity = _identity,
        Contact = _contact,
    }, this).StartAsync().WaitAsync(TestDomain.Guard);

    /// <summary>The next document of the roster.</summary>
    public Task<XElement> RosterAsync() => _roster.Reader.ReadAsync().AsTask().WaitAsync(TestDomain.Guard);

    /// <summary>The next INVITE.</summary>
    public async Task<IncomingInvite> InvitedAsync()
    {
        var transaction = await _outside.Reader.ReadAsync().AsTask().WaitAsync(TestDomain.Guard);
        Assert.Equal(SipMethods.Invite, transaction.Request.Method);
        return Sessions.Receive(transaction, this)!;
    }

    /// <summary>The next request in a session.</summary>
    public Task<ServerTransaction> InsideAsync() => _inside.Reader.ReadAsync().AsTask().WaitAsync(TestDomain.Guard);

    public bool HasMoreInside => _inside.Reader.Count > 0;

    public Task<SessionEnd> EndedAsync() => _ended.Reader.ReadAsync().AsTask().WaitAsync(TestDomain.Guard);

    public static SessionBody Description(string media) => new(
        "application/sdp", Encoding.ASCII.GetBytes($"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=session\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n{media}"));

    public ValueTask DisposeAsync() => _stack.DisposeAsync();

    void ISessionHandler.OnRequest(InviteSession session, ServerTransaction transaction)
    {
        _inside.Writer.TryWrite(transaction);
        if (Answers is { } status)
        {
            transaction.Respond(status);
        }
    }

    void ISessionHandler.OnEnded(InviteSession session, SessionEnd ending) => _ended.Writer.TryWrite(ending);

    void ISubscriptionHandler.OnNotified(Subscription subscription, Notification notification)
    {
        if (notification.Body is { } body)
        {
            _roster.Writer.TryWrite(XElement.Parse(Encoding.UTF8.GetString(body.Content.Span)));
        }
    }

    private Task HandleAsync(ServerTransaction transaction)
    {
        _outside.Writer.TryWrite(transaction);
        return Task.CompletedTask;
    }
}
