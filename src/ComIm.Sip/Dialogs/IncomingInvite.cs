using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Sip.Dialogs;

/// <summary>An INVITE that came in, until it is answered (RFC 3261 section 13.3).</summary>
public sealed class IncomingInvite
{
    private readonly SessionAgent _agent;
    private readonly ServerTransaction _transaction;
    private readonly ISessionHandler _handler;
    private readonly Lock _gate = new();
    private readonly CancellationTokenRegistration _cancelled;
    private readonly TimerQueue.Entry? _expiry;
    private InviteSession? _session;
    private bool _isAnswered;

    internal IncomingInvite(SessionAgent agent, ServerTransaction transaction, ISessionHandler handler)
    {
        _agent = agent;
        _transaction = transaction;
        _handler = handler;
        Offer = SessionBody.Of(transaction.Request);
        if (SipNumber.TryParse(transaction.Request.Headers.GetBytes(HeaderId.Expires), out var seconds) && seconds is > 0 and < 86_400)
        {
            // Its sender has no use for it afterwards (RFC 3261 section 13.3.1).
            _expiry = agent.Stack.Schedule(TimeSpan.FromSeconds(seconds), () => Reject(487));
        }

        _cancelled = transaction.Cancelled.Register(() => Reject(487));
    }

    /// <summary>The INVITE.</summary>
    public SipRequest Request => _transaction.Request;

    /// <summary>The caller's offer; null where we are to make one.</summary>
    public SessionBody? Offer { get; }

    /// <summary>Cancelled when the caller takes the INVITE back; it has then been answered 487.</summary>
    public CancellationToken Cancelled => _transaction.Cancelled;

    /// <summary>Says that somebody is being asked.</summary>
    /// <param name="statusCode">180 or another one from 101 to 199.</param>
    /// <param name="prepare">Completes the response before it is sent.</param>
    public void Ring(int statusCode = 180, Action<SipResponse>? prepare = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 101);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, 199);
        SipResponse response;
        lock (_gate)
        {
            if (_isAnswered)
            {
                return;
            }

            OpenSession();
            response = CreateResponse(statusCode);
        }

        prepare?.Invoke(response);
        _transaction.Respond(response);
    }

    /// <summary>Takes the INVITE. The 2xx is sent again until its ACK comes.</summary>
    /// <param name="body">Our answer, or our offer where there was none.</param>
    /// <param name="prepare">Completes the 200 before it is sent.</param>
    /// <returns>The session; null where the caller was faster and took the INVITE back.</returns>
    public InviteSession? Accept(SessionBody? body, Action<SipResponse>? prepare = null)
    {
        SipResponse response;
        InviteSession session;
        lock (_gate)
        {
            if (!TryAnswer())
            {
                return null;
            }

            session = OpenSession();
            response = CreateResponse(200);
        }

        _cancelled.Unregister();
        var terms = SessionNegotiation.Answer(Request, _agent.Options.Timer);
        SessionNegotiation.Write(response, terms);
        body?.WriteTo(response);
        prepare?.Invoke(response);
        session.Accept(_transaction, response, body, terms);
        return session;
    }

    /// <summary>Refuses the INVITE; nothing happens where it has been answered.</summary>
    /// <param name="statusCode">300 to 699.</param>
    /// <param name="prepare">Completes the response before it is sent: Warning, Contact of a redirection ….</param>
    public void Reject(int statusCode, Action<SipResponse>? prepare = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 300);
        InviteSession? session;
        lock (_gate)
        {
            if (!TryAnswer())
            {
                return;
            }

            session = _session;
        }

        var response = _transaction.CreateResponse(statusCode);
        prepare?.Invoke(response);
        _transaction.Respond(response);
        session?.End(new SessionEnd(SessionEndReason.NotAnswered));
    }

    private bool TryAnswer()
    {
        if (_isAnswered)
        {
            return false;
        }

        _isAnswered = true;
        _expiry?.Cancel();
        _agent.Merged.Remove(Request);
        return true;
    }

    private InviteSession OpenSession()
    {
        if (_session is null)
        {
            var dialog = Dialog.FromRequest(Request, _transaction.LocalTag);

            // A caller may also end an early dialog by BYE; its INVITE is then answered as if cancelled (RFC 3261 section 15).
            _session = new InviteSession(_agent, dialog, _handler, isCaller: false) { EarlyBye = () => Reject(487) };
            _session.NotePeer(Request);
            _agent.Dialogs.Add(dialog, _session);
        }

        return _session;
    }

    /// <summary>A response that makes a dialog: with our Contact and the caller's Record-Route (RFC 3261 section 12.1.1).</summary>
    private SipResponse CreateResponse(int statusCode)
    {
        var response = _transaction.CreateResponse(statusCode);
        response.Headers.CopyFrom(Request.Headers, HeaderId.RecordRoute);
        _agent.Describe(response);
        return response;
    }
}
