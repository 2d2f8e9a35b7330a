using System.Globalization;
using System.Security.Cryptography;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Sip.Dialogs;

/// <summary>Begins sessions and takes those that others begin, for one identity (RFC 3261 section 13).</summary>
public sealed class SessionAgent
{
    private readonly string[] _supported;

    /// <summary>Makes a session agent.</summary>
    /// <param name="agent">Sends requests.</param>
    /// <param name="dialogs">Finds dialogs; the stack's <see cref="SipStack.Filter"/>.</param>
    /// <param name="options">Who we are.</param>
    public SessionAgent(SipUserAgent agent, DialogTable dialogs, SessionOptions options)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(options);
        Agent = agent;
        Dialogs = dialogs;
        Options = options;
        Contact = options.Contact;
        _supported = ["timer", "norefersub", .. options.Supported];
    }

    /// <summary>Where requests inside a dialog reach us.</summary>
    public NameAddress Contact { get; private set; }

    internal SipUserAgent Agent { get; }

    internal DialogTable Dialogs { get; }

    internal SessionOptions Options { get; }

    internal SipStack Stack => Agent.Stack;

    internal MergedRequests Merged { get; } = new();

    /// <summary>
    /// Requests reach us elsewhere from now on. Sessions tell it to their peers when they are renewed:
    /// <see cref="InviteSession.RefreshAsync"/>.
    /// </summary>
    /// <param name="contact">Where.</param>
    public void MoveTo(NameAddress contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        Contact = contact;
    }

    /// <summary>Begins a session. The INVITE goes out at once, through the outbound proxy.</summary>
    /// <param name="to">Who is invited.</param>
    /// <param name="offer">The offer; null leaves it to the peer.</param>
    /// <param name="handler">Takes part in the session.</param>
    /// <param name="prepare">Completes the INVITE before it is sent: further header fields.</param>
    public OutgoingInvite Invite(SipUri to, SessionBody? offer, ISessionHandler handler, Action<SipRequest>? prepare = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var request = CreateRequest(SipMethods.Invite, to);
        Describe(request);
        SessionNegotiation.Offer(request, Options.Timer, null);
        offer?.WriteTo(request);
        prepare?.Invoke(request);
        var invite = new OutgoingInvite(this, request, offer, handler);
        invite.Start();
        return invite;
    }

    /// <summary>Takes an INVITE outside a dialog. What cannot become a session is answered here (RFC 3261 section 8.2, 13.3).</summary>
    /// <param name="transaction">The INVITE.</param>
    /// <param name="handler">Takes part in the session.</param>
    /// <returns>The INVITE, to be answered; null where it has been refused.</returns>
    public IncomingInvite? Receive(ServerTransaction transaction, ISessionHandler handler)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(handler);
        if (RefuseUnsupported(transaction))
        {
            return null;
        }

        if (transaction.Request.Contact is null)
        {
            transaction.Respond(400, "Missing Contact");
            return null;
        }

        if (RefuseShortTimer(transaction))
        {
            return null;
        }

        if (!Merged.TryAdd(transaction.Request))
        {
            transaction.Respond(482);
            return null;
        }

        return new IncomingInvite(this, transaction, handler);
    }

    /// <summary>Asks somebody outside a dialog to go somewhere (RFC 3515), as a conference focus is asked (RFC 4579).</summary>
    /// <param name="to">Who is asked.</param>
    /// <param name="referTo">Where to, as it stands in Refer-To.</param>
    /// <param name="progress">Sees how it goes; may not block.</param>
    /// <param name="prepare">Completes the REFER before it is sent.</param>
    public OutgoingRefer Refer(SipUri to, NameAddress referTo, Action<ReferProgress>? progress = null, Action<SipRequest>? prepare = null)
    {
        var request = CreateRequest(SipMethods.Refer, to);
        return OutgoingRefer.Start(this, null, request, referTo, progress, prepare);
    }

    /// <summary>Takes a REFER outside a dialog; null where it has been refused.</summary>
    /// <param name="transaction">The REFER.</param>
    public IncomingRefer? ReceiveRefer(ServerTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return RefuseUnsupported(transaction) ? null : IncomingRefer.Read(this, null, transaction);
    }

    internal SipRequest CreateRequest(string method, SipUri to)
    {
        var request = new SipRequest(method, to.WithoutHeaders());
        request.Headers.Add(HeaderId.From, Options.Identity.With("tag", SipTokens.NewTag()).ToString());
        request.Headers.Add(HeaderId.To, new NameAddress(to.WithoutHeaders()).ToString());
        request.Headers.Add(HeaderId.CallId, SipTokens.NewCallId());
        request.Headers.Add(HeaderId.CSeq, new CSeq(1, method).ToString());
        return request;
    }

    /// <summary>Says who and what we are, in a request or response that makes or changes a session.</summary>
    internal void Describe(SipMessage message)
    {
        message.Headers.Set(HeaderId.Contact, Contact.ToString());
        message.Headers.Set(HeaderId.Allow, Options.Allow);

        // One to a line: a widespread peer compares whole lines.
        foreach (var tag in _supported)
        {
            message.Headers.Add(HeaderId.Supported, tag);
        }
    }

    /// <summary>Refuses what a request requires and we do not know (RFC 3261 section 8.2.2.3).</summary>
    internal bool RefuseUnsupported(ServerTransaction transaction)
    {
        var unknown = transaction.Request.Headers.GetValues(HeaderId.Require)
            .Where(tag => !_supported.Contains(tag, StringComparer.OrdinalIgnoreCase)).ToList();
        if (unknown.Count == 0)
        {
            return false;
        }

        var response = transaction.CreateResponse(420);
        response.Headers.Add(HeaderId.Unsupported, string.Join(", ", unknown));
        transaction.Respond(response);
        return true;
    }

    /// <summary>Refuses a session interval that is too short (RFC 4028 section 9).</summary>
    internal bool RefuseShortTimer(ServerTransaction transaction)
    {
        if (!SessionNegotiation.IsTooShort(transaction.Request, Options.Timer))
        {
            return false;
        }

        var response = transaction.CreateResponse(422);
        response.Headers.Add(HeaderId.MinSE, SessionExpires.Seconds(Options.Timer.MinInterval));
        transaction.Respond(response);
        return true;
    }

    /// <summary>Answers 500 with a random Retry-After of 0 to 10 s (RFC 3261 section 14.2).</summary>
    internal static void RefuseBusy(ServerTransaction transaction)
    {
        var response = transaction.CreateResponse(500);
        response.Headers.Add(HeaderId.RetryAfter, RandomNumberGenerator.GetInt32(0, 11).ToString(CultureInfo.InvariantCulture));
        transaction.Respond(response);
    }
}
