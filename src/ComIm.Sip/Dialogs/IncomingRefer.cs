using System.Globalization;
using ComIm.Sip.Events;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Sip.Dialogs;

/// <summary>A REFER that came in and the reports on it (RFC 3515 section 2.4).</summary>
public sealed class IncomingRefer : IDialogUsage
{
    // As long as a request sent in turn can take; every report renews it.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(3);

    private readonly SessionAgent _agent;
    private readonly ServerTransaction _transaction;
    private readonly Dialog? _sessionDialog;
    private readonly TaskQueue _reports = new();
    private Dialog? _dialog;
    private SipResponse _last = new(100);
    private bool _isOver;

    private IncomingRefer(SessionAgent agent, Dialog? dialog, ServerTransaction transaction, NameAddress referTo)
    {
        _agent = agent;
        _sessionDialog = dialog;
        _transaction = transaction;
        ReferTo = referTo;
    }

    /// <summary>The REFER.</summary>
    public SipRequest Request => _transaction.Request;

    /// <summary>Where we are asked to go.</summary>
    public NameAddress ReferTo { get; }

    /// <summary>On whose word (RFC 3892); null where nobody is named.</summary>
    public NameAddress? ReferredBy => NameAddress.TryParse(Request.Headers.Get(HeaderId.ReferredBy), out var value) ? value : null;

    /// <summary>Takes it up: 202 and, unless the peer wants none, a first report of 100.</summary>
    public void Accept()
    {
        var wantsNone = string.Equals(Request.Headers.Get(HeaderId.ReferSub), "false", StringComparison.OrdinalIgnoreCase);
        var response = _transaction.CreateResponse(202);
        _agent.Describe(response);
        if (wantsNone)
        {
            _isOver = true;
            response.Headers.Add(HeaderId.ReferSub, "false");
            _transaction.Respond(response);
            return;
        }

        _dialog = _sessionDialog ?? Dialog.FromRequest(Request, _transaction.LocalTag);
        if (_sessionDialog is null)
        {
            response.Headers.CopyFrom(Request.Headers, HeaderId.RecordRoute);
        }

        _agent.Dialogs.Add(_dialog, this);
        _transaction.Respond(response);
        _ = ReportAsync(_last);
    }

    /// <summary>Declines it.</summary>
    /// <param name="statusCode">300 to 699.</param>
    public void Reject(int statusCode) => _transaction.Respond(statusCode);

    /// <summary>Reports what became of the request that was sent in turn. A final response is the last report.</summary>
    /// <param name="response">The response to it, or one of our own.</param>
    public Task ReportAsync(SipResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return _reports.Run(() =>
        {
            _last = _isOver ? _last : response;
            return NotifyAsync(response.IsProvisional ? Active : "terminated;reason=noresource");
        });
    }

    bool IDialogUsage.TryHandle(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.Method != SipMethods.Subscribe || EventHeader.Of(request) is not { Package: "refer" } header
            || (header.Id is not null && header.Id != Number))
        {
            return false;
        }

        var ends = SipNumber.TryParse(request.Headers.GetBytes(HeaderId.Expires), out var seconds) && seconds == 0;
        var response = transaction.CreateResponse(200);
        _agent.Describe(response);
        response.Headers.Set(HeaderId.Expires, ends ? "0" : SessionExpires.Seconds(Lifetime));
        transaction.Respond(response);
        _ = _reports.Run(() => NotifyAsync(ends ? "terminated;reason=timeout" : Active));
        return true;
    }

    internal static IncomingRefer? Read(SessionAgent agent, Dialog? dialog, ServerTransaction transaction)
    {
        // Exactly one, or it is refused (RFC 3515 section 2.4.2).
        var headers = transaction.Request.Headers;
        if (headers.CountOf(HeaderId.ReferTo) != 1 || !NameAddress.TryParse(headers.Get(HeaderId.ReferTo), out var referTo))
        {
            transaction.Respond(400, "Invalid Refer-To");
            return null;
        }

        return new IncomingRefer(agent, dialog, transaction, referTo);
    }

    private static string Active => "active;expires=" + SessionExpires.Seconds(Lifetime);

    private string Number => (Request.CSeq?.Number ?? 0).ToString(CultureInfo.InvariantCulture);

    private async Task NotifyAsync(string state)
    {
        if (_isOver || _dialog is not { } dialog)
        {
            return;
        }

        var notify = dialog.CreateRequest(SipMethods.Notify);
        _agent.Describe(notify);
        notify.Headers.Add(HeaderId.Event, "refer;id=" + Number);
        notify.Headers.Add(HeaderId.SubscriptionState, state);
        notify.SetBody(SipFragment.ContentType, SipFragment.Of(_last));
        _isOver = state.StartsWith("terminated", StringComparison.Ordinal);
        var target = await _agent.Agent.LocateAsync(dialog.NextHop, CancellationToken.None).ConfigureAwait(false);
        var outcome = await _agent.Agent.Prepare(notify, dialog.Sequence, null).SendAsync(target).ConfigureAwait(false);

        // Who does not know the subscription, or is silent, has lost it (RFC 6665 section 4.2.2).
        _isOver |= outcome.StatusCode is 481 or 408;
        if (_isOver)
        {
            _agent.Dialogs.Remove(dialog, this);
        }
    }
}
