using System.Globalization;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Sip.Registration;

/// <summary>
/// One binding at a registrar (RFC 3261 section 10.2): made, refreshed before it ends, sought again when it is lost,
/// removed. The state changes in one place, and every change is raised.
/// </summary>
public sealed class SipRegistration : IAsyncDisposable
{
    private readonly SipUserAgent _agent;
    private readonly RegistrationSettings _settings;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _timer;
    private readonly string _callId = SipTokens.NewCallId();
    private readonly string _fromTag = SipTokens.NewTag();
    private TimeSpan _lifetime;
    private uint _sequence;
    private int _failures;

    /// <summary>Makes a registration; nothing is sent yet.</summary>
    /// <param name="agent">Sends the requests.</param>
    /// <param name="settings">What is registered.</param>
    /// <param name="time">The clock.</param>
    public SipRegistration(SipUserAgent agent, RegistrationSettings settings, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(time);
        _agent = agent;
        _settings = settings;
        _time = time;
        _lifetime = settings.Lifetime;
        _timer = time.CreateTimer(_ => _ = RunAsync(_stop.Token), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Where the registration stands.</summary>
    public RegistrationState State { get; private set; } = RegistrationState.Unregistered;

    /// <summary>The state has changed; with the outcome that changed it, where there is one. Raised in order.</summary>
    public event Action<RegistrationState, SipOutcome?>? StateChanged;

    /// <summary>Registers and waits for the server's word.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The final response to the first attempt; after a failure nothing is tried again by itself.</returns>
    public async Task<SipOutcome> RegisterAsync(CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Enter(RegistrationState.Registering, null);
            var outcome = await SendAsync(_lifetime, cancellationToken).ConfigureAwait(false);
            Enter(outcome.IsSuccess ? RegistrationState.Registered : RegistrationState.Unregistered, outcome);
            return outcome;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The connection to the server is lost: the binding is sought again soon.</summary>
    public void OnConnectionLost()
    {
        if (State is RegistrationState.Registered)
        {
            SetTimer(RegistrationBackOff.Delay(0, Random.Shared.NextDouble()));
        }
    }

    /// <summary>Removes the binding (RFC 3261 section 10.2.2).</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task UnregisterAsync(CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            if (State is RegistrationState.Registered or RegistrationState.Recovering)
            {
                Enter(RegistrationState.Unregistered, null);
                await SendAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Stops refreshing; the binding is left to end by itself.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The timer has come: refresh, or recover.</summary>
    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        try
        {
            if (State is RegistrationState.Registered or RegistrationState.Recovering)
            {
                var outcome = await SendAsync(_lifetime, cancellationToken).ConfigureAwait(false);
                Enter(StateAfter(outcome), outcome);
            }
        }
        catch (OperationCanceledException)
        {
            // The account is being closed.
        }
        finally
        {
            _turn.Release();
        }
    }

    // A refusal of the person is final; a server in trouble, or no server, is not.
    private static RegistrationState StateAfter(SipOutcome outcome) => outcome.StatusCode switch
    {
        < 300 => RegistrationState.Registered,
        _ when outcome.Failure is not null => RegistrationState.Recovering,
        401 or 403 or 404 or 407 => RegistrationState.Rejected,
        _ => RegistrationState.Recovering,
    };

    private void Enter(RegistrationState state, SipOutcome? outcome)
    {
        var changed = State != state;
        State = state;
        if (state == RegistrationState.Registered)
        {
            _failures = 0;
            var granted = ExpiresOf(outcome!.Response) ?? _lifetime;

            // Early enough that a slow server does not let the binding end between.
            SetTimer(TimeSpan.FromSeconds(granted.TotalSeconds > 120 ? granted.TotalSeconds - 60 : granted.TotalSeconds / 2));
        }
        else if (state == RegistrationState.Recovering)
        {
            SetTimer(RegistrationBackOff.Delay(++_failures, Random.Shared.NextDouble()));
        }

        if (changed)
        {
            StateChanged?.Invoke(state, outcome);
        }
    }

    private async Task<SipOutcome> SendAsync(TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var request = CreateRequest(lifetime);
        var (outcome, last) = await _agent.SendAsync(request, cancellationToken).ConfigureAwait(false);
        _sequence = last;
        if (outcome.StatusCode == 423 && lifetime > TimeSpan.Zero
            && SipNumber.TryParse(outcome.Response.Headers.GetBytes(HeaderId.MinExpires), out var least)
            && least > lifetime.TotalSeconds && least <= TimeSpan.FromDays(1).TotalSeconds)
        {
            // The registrar names the least it takes (RFC 3261 section 10.2.8).
            _lifetime = TimeSpan.FromSeconds(least);
            return await SendAsync(_lifetime, cancellationToken).ConfigureAwait(false);
        }

        return outcome;
    }

    private SipRequest CreateRequest(TimeSpan lifetime)
    {
        var aor = _settings.AddressOfRecord;
        var request = new SipRequest(SipMethods.Register, SipUri.Parse((aor.IsSecure ? "sips:" : "sip:") + aor.Host));
        request.Headers.Add(HeaderId.From, new NameAddress(aor, _settings.DisplayName).With("tag", _fromTag).ToString());
        request.Headers.Add(HeaderId.To, new NameAddress(aor).ToString());
        request.Headers.Add(HeaderId.CallId, _callId);
        request.Headers.Add(HeaderId.CSeq, new CSeq(_sequence + 1, SipMethods.Register).ToString());
        request.Headers.Add(HeaderId.Contact, new NameAddress(_settings.Contact).ToString());
        request.Headers.Add(HeaderId.Expires, ((int)lifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        return request;
    }

    /// <summary>What the registrar granted our contact: its expires parameter, else the header (RFC 3261 section 10.2.4).</summary>
    private TimeSpan? ExpiresOf(SipResponse response)
    {
        foreach (var text in response.Headers.GetValues(HeaderId.Contact))
        {
            if (NameAddress.TryParse(text, out var contact) && contact.Uri is { } uri && uri.Equals(_settings.Contact)
                && SipNumber.TryParse(contact.Parameters.Get("expires"), out var seconds))
            {
                return TimeSpan.FromSeconds(Math.Max(1, seconds));
            }
        }

        return SipNumber.TryParse(response.Headers.GetBytes(HeaderId.Expires), out var all) ? TimeSpan.FromSeconds(Math.Max(1, all)) : null;
    }

    private void SetTimer(TimeSpan delay)
    {
        if (!_stop.IsCancellationRequested)
        {
            _timer.Change(delay, Timeout.InfiniteTimeSpan);
        }
    }
}
