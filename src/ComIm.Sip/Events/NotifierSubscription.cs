using System.Globalization;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Sip.Events;

/// <summary>
/// Somebody's subscription here (RFC 6665 section 4.2): accepted or rejected, notified, refreshed, ended by the subscriber, by
/// us or by time. One notification is under way at a time.
/// </summary>
public sealed class NotifierSubscription : IDialogUsage
{
    // Of a package that tells changes, so many may wait for a slow subscriber before it is given up.
    private const int MaxWaiting = 64;

    private readonly EventNotifier _notifier;
    private readonly ServerTransaction _first;
    private readonly Func<NotifierSubscription, SessionBody?> _current;
    private readonly string? _id;
    private readonly Dialog _dialog;
    private readonly string _method;
    private readonly Lock _gate = new();
    private readonly Queue<Waiting> _waiting = new();
    private TimerQueue.Entry? _expiry;
    private DateTimeOffset _ends;
    private TimeSpan _lifetime;
    private bool _isSending;
    private bool _isEnding;
    private bool _isOver;

    internal NotifierSubscription(
        EventNotifier notifier,
        ServerTransaction transaction,
        EventPackage package,
        string? id,
        TimeSpan lifetime,
        Func<NotifierSubscription, SessionBody?> current)
    {
        _notifier = notifier;
        _first = transaction;
        _id = id;
        _lifetime = lifetime;
        _current = current;
        Package = package;
        _dialog = Dialog.FromRequest(transaction.Request, transaction.LocalTag);
        _method = notifier.Dialect.NotificationMethodFor(transaction.Request);
    }

    /// <summary>The subscription is over, whoever ended it. Raised once; may not block.</summary>
    public event Action<NotifierSubscription>? Ended;

    /// <summary>The SUBSCRIBE that made it.</summary>
    public SipRequest Request => _first.Request;

    /// <summary>The event package.</summary>
    public EventPackage Package { get; }

    /// <summary>True until somebody has consented.</summary>
    public bool IsPending { get; private set; }

    /// <summary>Takes the SUBSCRIBE and tells the state, at once and by itself (section 4.2.1.2).</summary>
    /// <param name="pending">True where somebody has still to consent: the state is not told yet.</param>
    public void Accept(bool pending = false)
    {
        IsPending = pending;
        var response = CreateResponse(_first);
        response.Headers.CopyFrom(Request.Headers, HeaderId.RecordRoute);
        var state = RenewState(_lifetime);
        var isTold = _notifier.Dialect.TryPutInto(response, Request, () => CreateNotification(state, pending ? null : Current()));
        _notifier.Dialogs.Add(_dialog, this);
        _first.Respond(response);
        if (!isTold)
        {
            Enqueue(Whole(state));
            return;
        }

        _dialog.Sequence.Take(static _ => { });
        if (IsLast(state))
        {
            End();
        }
    }

    /// <summary>Refuses the SUBSCRIBE.</summary>
    /// <param name="statusCode">300 to 699: 403, 404, 603 ….</param>
    public void Reject(int statusCode) => _first.Respond(statusCode);

    /// <summary>Somebody has consented: the state is told.</summary>
    public void Activate()
    {
        IsPending = false;
        Enqueue(Whole(null));
    }

    /// <summary>Tells the event state. Nothing is told to who is still pending.</summary>
    /// <param name="body">The state, or the change where the package tells changes.</param>
    public void Notify(SessionBody? body)
    {
        if (!IsPending)
        {
            Enqueue(new Waiting(null, body));
        }
    }

    /// <summary>Ends the subscription.</summary>
    /// <param name="reason">Why (RFC 6665 section 4.1.3): <c>deactivated</c>, <c>rejected</c>, <c>noresource</c> ….</param>
    /// <param name="retryAfter">When to try again; null leaves it out.</param>
    public void Terminate(string reason, TimeSpan? retryAfter = null)
    {
        var retry = retryAfter is { } wait ? ";retry-after=" + Seconds(wait) : string.Empty;
        Enqueue(Whole($"terminated;reason={reason}{retry}"));
    }

    bool IDialogUsage.TryHandle(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.Method != SipMethods.Subscribe || !IsAlive() || EventHeader.Of(request) is not { } header
            || header.Id != _id || !header.Package.Equals(Package.Name, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (EventNotifier.TryGrant(transaction, Package, out _lifetime))
        {
            var response = CreateResponse(transaction);
            var state = RenewState(_lifetime);
            transaction.Respond(response);
            Enqueue(Whole(state));
        }

        return true;
    }

    // With the last notification it is over, though the subscriber has not answered it yet (RFC 6665 section 4.4.1).
    private bool IsAlive()
    {
        lock (_gate)
        {
            return !_isOver && !_isEnding;
        }
    }

    /// <summary>
    /// The whole state. Where only the newest counts it is read when it is sent: read earlier it could go behind a newer one of which
    /// somebody else tells meanwhile. A change makes sense only behind the state it changes, so that is read at once.
    /// </summary>
    private Waiting Whole(string? state) =>
        IsPending ? new Waiting(state, null) : Package.TellsChanges ? new Waiting(state, Current()) : new Waiting(state, null, IsCurrent: true);

    private static string Seconds(TimeSpan time) => ((long)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private SessionBody? Current()
    {
        SessionBody? state = null;
        _notifier.Agent.Stack.Guard(() => state = _current(this));
        return state;
    }

    private static bool IsLast(string? state) => state?.StartsWith("terminated", StringComparison.Ordinal) == true;

    /// <summary>Sets the end of the subscription; an Expires of 0 asks for the state once, or for no more (section 4.2.1.4).</summary>
    private string RenewState(TimeSpan lifetime)
    {
        lock (_gate)
        {
            _expiry?.Cancel();
            if (lifetime == TimeSpan.Zero)
            {
                return "terminated;reason=timeout";
            }

            _ends = _notifier.Agent.Stack.Time.GetUtcNow() + lifetime;
            _expiry = _notifier.Agent.Stack.Schedule(lifetime, () => Terminate("timeout"));
        }

        return State();
    }

    private string State()
    {
        var left = _ends - _notifier.Agent.Stack.Time.GetUtcNow();
        return (IsPending ? "pending;expires=" : "active;expires=") + Seconds(left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    private void Enqueue(Waiting waiting)
    {
        lock (_gate)
        {
            if (_isOver || _isEnding)
            {
                return;
            }

            if (!Package.TellsChanges || _waiting.Count >= MaxWaiting)
            {
                // Only the newest state counts; who cannot keep up with changes starts over with the whole state.
                waiting = Package.TellsChanges ? new Waiting("terminated;reason=deactivated", null) : waiting;
                _waiting.Clear();
            }

            _isEnding = IsLast(waiting.State);
            _waiting.Enqueue(waiting);
            if (_isSending)
            {
                return;
            }

            _isSending = true;
        }

        _ = SendAllAsync();
    }

    private async Task SendAllAsync()
    {
        while (true)
        {
            Waiting next;
            lock (_gate)
            {
                if (_isOver || !_waiting.TryDequeue(out next))
                {
                    _isSending = false;
                    return;
                }
            }

            var state = next.State is not null && IsLast(next.State) ? next.State : State();
            var isLost = await SendAsync(CreateNotification(state, next.IsCurrent ? Current() : next.Body)).ConfigureAwait(false);
            if (isLost || IsLast(state))
            {
                End();
            }
        }
    }

    /// <summary>Sends a notification.</summary>
    /// <returns>True where the subscriber is gone.</returns>
    private async Task<bool> SendAsync(SipRequest request)
    {
        var agent = _notifier.Agent;
        var target = await agent.LocateAsync(_dialog.NextHop, CancellationToken.None).ConfigureAwait(false);
        if (!_notifier.Dialect.IsAnswered(_method))
        {
            _dialog.Sequence.Take(number =>
            {
                request.Headers.Set(HeaderId.CSeq, new CSeq(number, _method).ToString());
                _ = agent.Stack.SendOnceAsync(request, target);
            });
            return false;
        }

        var outcome = await agent.Prepare(request, _dialog.Sequence, null).SendAsync(target).ConfigureAwait(false);
        _dialog.Receive(_method, outcome.Response);
        return SubscriptionErrors.EndsSubscription(outcome.StatusCode);
    }

    private void End()
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return;
            }

            _isOver = true;
            _expiry?.Cancel();
            _waiting.Clear();
        }

        _notifier.Dialogs.Remove(_dialog, this);
        _notifier.Agent.Stack.Guard(() => Ended?.Invoke(this));
    }

    private SipResponse CreateResponse(ServerTransaction transaction)
    {
        var response = transaction.CreateResponse(200);
        response.Headers.Add(HeaderId.Contact, _notifier.Contact.ToString());
        response.Headers.Add(HeaderId.Expires, Seconds(_lifetime));
        return response;
    }

    private SipRequest CreateNotification(string state, SessionBody? body)
    {
        var request = _dialog.CreateRequest(_method);
        request.Headers.Add(HeaderId.Contact, _notifier.Contact.ToString());
        request.Headers.Add(HeaderId.Event, new EventHeader(Package.Name, _id).ToString());
        request.Headers.Add(HeaderId.SubscriptionState, state);
        body?.WriteTo(request);
        return request;
    }

    private readonly record struct Waiting(string? State, SessionBody? Body, bool IsCurrent = false);
}
