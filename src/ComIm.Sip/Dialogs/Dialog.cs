using ComIm.Sip.Messages;

namespace ComIm.Sip.Dialogs;

/// <summary>
/// What two user agents have agreed on by a dialog (RFC 3261 section 12): names, sequence numbers, route set and the peer's
/// address. It sends nothing and knows no clock.
/// </summary>
public sealed class Dialog
{
    private RouteSet _routes;
    private uint? _remoteSequence;

    private Dialog(
        DialogId id, NameAddress local, NameAddress remote, string remoteTarget, RouteSet routes, LocalSequence sequence, bool startedHere)
    {
        Id = id;
        Local = local;
        Remote = remote;
        RemoteTarget = remoteTarget;
        _routes = routes;
        Sequence = sequence;
        StartedHere = startedHere;
    }

    /// <summary>Call-ID and tags.</summary>
    public DialogId Id { get; }

    /// <summary>Where the dialog stands.</summary>
    public DialogState State { get; private set; }

    /// <summary>Our From, tag included.</summary>
    public NameAddress Local { get; }

    /// <summary>The peer's address as it stands in our To, tag and other parameters included.</summary>
    public NameAddress Remote { get; }

    /// <summary>The peer's Contact: where requests are finally to arrive.</summary>
    public string RemoteTarget { get; private set; }

    /// <summary>The proxies that stay on the path, nearest first.</summary>
    public IReadOnlyList<string> Routes => _routes.Values;

    /// <summary>True where our request made the dialog: then the Call-ID is ours (RFC 3261 section 14.1).</summary>
    public bool StartedHere { get; }

    /// <summary>The CSeq number of the peer's last request; null before the first.</summary>
    public uint? RemoteSequence => _remoteSequence;

    internal LocalSequence Sequence { get; }

    /// <summary>Held while a request is received: several transports may bring them at once.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>The dialog that a response makes for the sender of the request (RFC 3261 section 12.1.2).</summary>
    /// <param name="request">INVITE, SUBSCRIBE or REFER as it was sent.</param>
    /// <param name="response">101 to 299.</param>
    public static Dialog FromResponse(SipRequest request, SipResponse response)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(response);
        var dialog = Create(request, response.To!, response.To?.Tag, TargetOf(response) ?? request.RequestUriText, RouteSet.Of(response));
        dialog.State = response.IsProvisional ? DialogState.Early : DialogState.Confirmed;
        return dialog;
    }

    /// <summary>The dialog that a NOTIFY makes for the sender of a SUBSCRIBE or REFER (RFC 6665 section 4.4.1).</summary>
    /// <param name="request">SUBSCRIBE or REFER as it was sent.</param>
    /// <param name="notify">The NOTIFY, which may come before the 2xx.</param>
    public static Dialog FromNotify(SipRequest request, SipRequest notify)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(notify);
        var dialog = Create(request, notify.From!, notify.From?.Tag, TargetOf(notify) ?? request.RequestUriText, RouteSet.Of(notify));
        dialog.State = DialogState.Confirmed;
        dialog._remoteSequence = notify.CSeq?.Number;
        return dialog;
    }

    /// <summary>The dialog that a request makes for its receiver, who answers with a tag (RFC 3261 section 12.1.1).</summary>
    /// <param name="request">INVITE, SUBSCRIBE or REFER as it came in.</param>
    /// <param name="localTag">The tag of our responses.</param>
    public static Dialog FromRequest(SipRequest request, string localTag)
    {
        ArgumentNullException.ThrowIfNull(request);
        var id = new DialogId(request.CallId!, localTag, request.From?.Tag ?? string.Empty);
        var target = TargetOf(request) ?? request.From!.UriText;
        return new Dialog(id, request.To!.With("tag", localTag), request.From!, target, RouteSet.Of(request), new LocalSequence(0), false)
        {
            _remoteSequence = request.CSeq?.Number,
        };
    }

    /// <summary>A 2xx confirms an early dialog and has the last word on its route set (RFC 3261 section 13.2.2.4).</summary>
    /// <param name="response">The 2xx that we received.</param>
    public void Confirm(SipResponse response)
    {
        if (State == DialogState.Early)
        {
            _routes = RouteSet.Of(response);
            RefreshTarget(response);
            State = DialogState.Confirmed;
        }
    }

    /// <summary>Our own 2xx confirms the dialog.</summary>
    public void Confirm()
    {
        if (State == DialogState.Early)
        {
            State = DialogState.Confirmed;
        }
    }

    /// <summary>A request came in (RFC 3261 section 12.2.2). A target refresh request moves the remote target.</summary>
    /// <param name="request">The request; no ACK and no CANCEL, which have their INVITE's number.</param>
    /// <returns>False where it is out of order and is to be answered 500.</returns>
    public bool Receive(SipRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var number = request.CSeq?.Number ?? 0;

        // An equal number in another transaction is a copy that arrived after its transaction was forgotten: it is as late.
        if (_remoteSequence is { } last && number <= last)
        {
            return false;
        }

        _remoteSequence = number;
        if (IsTargetRefresh(request.Method))
        {
            RefreshTarget(request);
        }

        return true;
    }

    /// <summary>A 2xx to a target refresh request of ours moves the remote target (RFC 3261 section 12.2.1.2).</summary>
    /// <param name="method">The request's method.</param>
    /// <param name="response">The response.</param>
    public void Receive(string method, SipResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (response.IsSuccess && IsTargetRefresh(method))
        {
            RefreshTarget(response);
        }
    }

    /// <summary>The dialog is over.</summary>
    public void Terminate() => State = DialogState.Terminated;

    /// <summary>Makes a request to the peer (RFC 3261 section 12.2.1.1). Its CSeq number is set when it is sent.</summary>
    /// <param name="method">The method; ACK is made by <see cref="CreateAck"/>.</param>
    public SipRequest CreateRequest(string method) => Create(method, Sequence.Last + 1);

    /// <summary>Makes the ACK of a 2xx: the INVITE's number and its credentials (RFC 3261 section 13.2.2.4, 22.1).</summary>
    /// <param name="invite">The INVITE as it was sent.</param>
    public SipRequest CreateAck(SipRequest invite)
    {
        ArgumentNullException.ThrowIfNull(invite);
        var ack = Create(SipMethods.Ack, invite.CSeq!.Value.Number);
        ack.Headers.CopyFrom(invite.Headers, HeaderId.Authorization);
        ack.Headers.CopyFrom(invite.Headers, HeaderId.ProxyAuthorization);
        return ack;
    }

    /// <summary>Whom the next request is sent to; null where that is no SIP URI.</summary>
    public SipUri? NextHop => _routes.AddressTo(RemoteTarget).NextHop;

    private static Dialog Create(SipRequest request, NameAddress remote, string? remoteTag, string target, RouteSet routes)
    {
        var id = new DialogId(request.CallId!, request.From!.Tag ?? string.Empty, remoteTag ?? string.Empty);
        return new Dialog(id, request.From!, remote, target, routes, new LocalSequence(request.CSeq!.Value.Number), true);
    }

    private static bool IsTargetRefresh(string method) =>
        method is SipMethods.Invite or SipMethods.Update or SipMethods.Subscribe or SipMethods.Notify or SipMethods.Refer;

    private static string? TargetOf(SipMessage message) => message.Contact is { UriText: not "*" } contact ? contact.UriText : null;

    private SipRequest Create(string method, uint number)
    {
        var address = _routes.AddressTo(RemoteTarget);
        var request = new SipRequest(method, address.RequestUri, new HeaderCollection(), default);
        foreach (var route in address.Routes)
        {
            request.Headers.Add(HeaderId.Route, route);
        }

        request.Headers.Add(HeaderId.From, Local.ToString());
        request.Headers.Add(HeaderId.To, Remote.ToString());
        request.Headers.Add(HeaderId.CallId, Id.CallId);
        request.Headers.Add(HeaderId.CSeq, new CSeq(number, method).ToString());
        return request;
    }

    private void RefreshTarget(SipMessage message) => RemoteTarget = TargetOf(message) ?? RemoteTarget;
}
