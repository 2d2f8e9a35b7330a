using System.Globalization;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Sip.Events;

/// <summary>
/// One piece of event state at a server (RFC 3903 section 4): published, changed, refreshed in time, removed. The server's entity
/// tag names it; where the server has forgotten it (412) it is published anew.
/// </summary>
public sealed class Publication
{
    private readonly SipUserAgent _agent;
    private readonly PublicationSettings _settings;
    private readonly TaskQueue _requests = new();
    private readonly LocalSequence _sequence = new(0);
    private readonly string _callId = SipTokens.NewCallId();
    private readonly string _localTag = SipTokens.NewTag();
    private readonly Lock _gate = new();
    private TimerQueue.Entry? _refresh;
    private SessionBody? _body;
    private TimeSpan _lifetime;

    /// <summary>Makes a publication; nothing is sent yet.</summary>
    /// <param name="agent">Sends the requests.</param>
    /// <param name="settings">What is published.</param>
    public Publication(SipUserAgent agent, PublicationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _agent = agent;
        _settings = settings;
        _lifetime = settings.Lifetime;
    }

    /// <summary>The server's tag for what it has; null where it has nothing.</summary>
    public string? EntityTag { get; private set; }

    /// <summary>A refresh failed and the publication is lost; raised with the server's word. It may not block.</summary>
    public event Action<Publication, SipOutcome>? Lost;

    /// <summary>Publishes a state, or replaces what was published before (section 4.2, 4.4).</summary>
    /// <param name="body">The state.</param>
    /// <returns>The last answer.</returns>
    public Task<SipOutcome> PublishAsync(SessionBody body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return RunAsync(() =>
        {
            _body = body;
            return SendAsync(body, _lifetime);
        });
    }

    /// <summary>Removes what was published (section 4.5).</summary>
    /// <returns>The last answer; null where there was nothing.</returns>
    public Task<SipOutcome?> RemoveAsync() => RunAsync(async () =>
    {
        Clear();
        _body = null;
        return EntityTag is null ? null : (SipOutcome?)await SendAsync(null, TimeSpan.Zero).ConfigureAwait(false);
    });

    private async Task<T> RunAsync<T>(Func<Task<T>> step)
    {
        T? result = default;
        await _requests.Run(async () => result = await step().ConfigureAwait(false)).ConfigureAwait(false);
        return result!;
    }

    /// <summary>Without a body the state stays as it is (section 4.3).</summary>
    private async Task RefreshAsync()
    {
        if (EntityTag is null || _body is null)
        {
            return;
        }

        var outcome = await SendAsync(null, _lifetime).ConfigureAwait(false);
        if (!outcome.IsSuccess)
        {
            _agent.Stack.Guard(() => Lost?.Invoke(this, outcome));
        }
    }

    private async Task<SipOutcome> SendAsync(SessionBody? body, TimeSpan lifetime)
    {
        var isRestarted = false;
        while (true)
        {
            var request = CreateRequest(body, lifetime);
            var outcome = await _agent.Prepare(request, _sequence, null).SendAsync(_agent.Outbound).ConfigureAwait(false);
            if (outcome.IsSuccess)
            {
                Published(outcome.Response, lifetime);
                return outcome;
            }

            if (outcome.StatusCode == 412 && EntityTag is not null && !isRestarted)
            {
                // The server has forgotten it: published from the start, or gone already where it was to be removed.
                EntityTag = null;
                isRestarted = true;
                if (lifetime == TimeSpan.Zero || _body is null)
                {
                    return outcome;
                }

                body = _body;
            }
            else if (outcome.StatusCode == 423 && lifetime > TimeSpan.Zero && LeastOf(outcome.Response) is { } least && least > lifetime)
            {
                _lifetime = lifetime = least;
            }
            else
            {
                return Failed(outcome);
            }
        }
    }

    private void Published(SipResponse response, TimeSpan lifetime)
    {
        Clear();
        EntityTag = lifetime == TimeSpan.Zero ? null : response.Headers.Get(HeaderId.SipETag);
        if (EntityTag is null)
        {
            return;
        }

        var granted = SipNumber.TryParse(response.Headers.GetBytes(HeaderId.Expires), out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(seconds)
            : lifetime;
        var refresh = granted.TotalSeconds > 120 ? granted - TimeSpan.FromSeconds(60) : granted / 2;
        lock (_gate)
        {
            _refresh = _agent.Stack.Schedule(refresh, () => _ = _requests.Run(RefreshAsync));
        }
    }

    /// <summary>A refusal leaves the tag as it was, so that the next state replaces the last (section 4.6).</summary>
    private SipOutcome Failed(SipOutcome outcome)
    {
        Clear();
        return outcome;
    }

    private void Clear()
    {
        lock (_gate)
        {
            _refresh?.Cancel();
            _refresh = null;
        }
    }

    private static TimeSpan? LeastOf(SipResponse response) =>
        SipNumber.TryParse(response.Headers.GetBytes(HeaderId.MinExpires), out var least) && least <= TimeSpan.FromDays(1).TotalSeconds
            ? TimeSpan.FromSeconds(least)
            : null;

    private SipRequest CreateRequest(SessionBody? body, TimeSpan lifetime)
    {
        var target = _settings.Target.WithoutHeaders();
        var request = new SipRequest(SipMethods.Publish, target);
        request.Headers.Add(HeaderId.From, _settings.Identity.With("tag", _localTag).ToString());
        request.Headers.Add(HeaderId.To, new NameAddress(target).ToString());
        request.Headers.Add(HeaderId.CallId, _callId);
        request.Headers.Add(HeaderId.CSeq, new CSeq(1, SipMethods.Publish).ToString());
        request.Headers.Add(HeaderId.Event, _settings.Package);
        request.Headers.Add(HeaderId.Expires, ((long)Math.Ceiling(lifetime.TotalSeconds)).ToString(CultureInfo.InvariantCulture));
        if (EntityTag is not null)
        {
            request.Headers.Add(HeaderId.SipIfMatch, EntityTag);
        }

        body?.WriteTo(request);
        return request;
    }
}
