using System.Collections.Concurrent;
using System.Net;
using System.Text;
using ComIm.Sip;
using ComIm.Sip.Authentication;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;
using ComIm.Sip.UserAgentServer;

namespace ComIm.Interop.Tests.Sipp;

/// <summary>Our stack as SIPp's other side: takes messages and sessions, and makes them. It counts what comes, by Call-ID and CSeq.</summary>
internal sealed class SippPeer : IAsyncDisposable, ISessionHandler
{
    private static readonly SessionBody Description = new(
        "application/sdp", "v=0\r\no=- 2 2 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=message 5060 sip null\r\n"u8.ToArray());

    private static readonly UasCapabilities Capabilities = new()
    {
        Methods = [SipMethods.Invite, SipMethods.Message, SipMethods.Bye, SipMethods.Update, SipMethods.Options],
        Extensions = ["timer", "norefersub"],
        MediaTypes = ["application/sdp", "text/plain"],
        AnswerTypes = ["application/sdp"],
    };

    private readonly SipStack _stack;
    private readonly SessionAgent _sessions;
    private readonly SipTarget _remote;
    private readonly bool _repliesInSession;
    private readonly ConcurrentDictionary<(string CallId, uint Sequence, string Method), int> _seen = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _messages = new();

    /// <summary>Binds; the remote is where our own requests go.</summary>
    public SippPeer(bool tcp, IPEndPoint? remote = null, bool repliesInSession = true)
    {
        var any = new IPEndPoint(IPAddress.Loopback, 0);
        ISipTransport transport = tcp ? new TcpTransport(any) : new UdpTransport(any);
        EndPoint = transport.LocalEndPoint;
        _remote = new SipTarget(transport.Kind, remote ?? EndPoint);
        _repliesInSession = repliesInSession;
        var dialogs = new DialogTable();
        _stack = new SipStack([transport], HandleAsync) { Filter = dialogs };
        var agent = new SipUserAgent(_stack, _remote, new RequestAuthenticator(new SipCredential("alice", "secret-alice")), "ComIm test");
        _sessions = new SessionAgent(agent, dialogs, new SessionOptions
        {
            Identity = new NameAddress(SipUri.Parse("sip:bob@example.com")),
            Contact = new NameAddress(SipUri.Parse($"sip:bob@{EndPoint};transport={(tcp ? "tcp" : "udp")}")),
        });
        _stack.Start();
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>How many requests of a method came, and how many of those more than once.</summary>
    public (int Count, int Twice) Seen(string method) =>
        (_seen.Count(s => s.Key.Method == method), _seen.Count(s => s.Key.Method == method && s.Value > 1));

    /// <summary>One pager message; the status of its answer.</summary>
    public async Task<int> SendMessageAsync(int number)
    {
        var request = new SipRequest(SipMethods.Message, SipUri.Parse($"sip:bob@{_remote.EndPoint}"));
        request.Headers.Add(HeaderId.From, "<sip:alice@example.com>;tag=" + SipTokens.NewTag());
        request.Headers.Add(HeaderId.To, "<sip:bob@example.com>");
        request.Headers.Add(HeaderId.CallId, SipTokens.NewCallId());
        request.Headers.Add(HeaderId.CSeq, "1 MESSAGE");
        request.SetBody("text/plain", Encoding.UTF8.GetBytes($"Call {number}"));
        return (await _stack.Begin(request, _remote).FinalResponse).StatusCode;
    }

    /// <summary>One session: a message each way, a re-INVITE, BYE. The statuses, in their order.</summary>
    public async Task<int[]> CallAsync()
    {
        var invite = _sessions.Invite(SipUri.Parse($"sip:sipp@{_remote.EndPoint}"), Description, this);
        var outcome = await invite.Completion;
        if (outcome.Session is not { } session)
        {
            return [outcome.Outcome.StatusCode];
        }

        var message = session.CreateRequest(SipMethods.Message);
        message.SetBody("text/plain", "hello"u8.ToArray());
        var sent = await session.SendAsync(message);
        await MessageOf(session.Dialog.Id.CallId).Task;
        var changed = await session.ReinviteAsync(Description);
        var ended = await session.ByeAsync();
        return [outcome.Outcome.StatusCode, sent.StatusCode, changed.StatusCode, ended?.StatusCode ?? 0];
    }

    /// <summary>One INVITE that is taken back as soon as it rings; the final status.</summary>
    public async Task<int> CallAndCancelAsync()
    {
        var invite = _sessions.Invite(SipUri.Parse($"sip:sipp@{_remote.EndPoint}"), Description, new CancelsWhenRinging());
        return (await invite.Completion).Outcome.StatusCode;
    }

    public void OnRequest(InviteSession session, ServerTransaction transaction)
    {
        Count(transaction.Request);
        transaction.Respond(200);
        if (_repliesInSession)
        {
            var reply = session.CreateRequest(SipMethods.Message);
            reply.SetBody("text/plain", "hello"u8.ToArray());
            _ = session.SendAsync(reply);
        }

        MessageOf(transaction.Request.CallId!).TrySetResult();
    }

    public ValueTask<SessionBody?> AnswerOfferAsync(InviteSession session, SipRequest request)
    {
        Count(request);
        return new(Description);
    }

    public ValueTask DisposeAsync() => _stack.DisposeAsync();

    private TaskCompletionSource MessageOf(string callId) =>
        _messages.GetOrAdd(callId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private void Count(SipRequest request) =>
        _seen.AddOrUpdate((request.CallId!, request.CSeq!.Value.Number, request.Method), 1, (_, count) => count + 1);

    private Task HandleAsync(ServerTransaction transaction)
    {
        Count(transaction.Request);
        if (RequestInspection.AsUserAgentServer(transaction.Request, Capabilities) is { } refusal)
        {
            refusal.Answer(transaction);
        }
        else if (transaction.Request.Method == SipMethods.Invite)
        {
            Take(transaction);
        }
        else
        {
            transaction.Respond(200);
        }

        return Task.CompletedTask;
    }

    private void Take(ServerTransaction transaction)
    {
        if (_sessions.Receive(transaction, this) is { } invite)
        {
            invite.Ring();
            if (transaction.Request.RequestUri!.User != "nobody")
            {
                invite.Accept(Description);
            }
        }
    }

    private sealed class CancelsWhenRinging : ISessionHandler
    {
        public void OnProgress(OutgoingInvite invite, SipResponse response) => invite.Cancel();
    }
}
