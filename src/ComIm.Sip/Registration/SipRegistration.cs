using System.Globalization;
using System.Text;
using ComIm.Sip.Location;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Registration;

/// <summary>
/// The bindings of one user agent at a registrar (RFC 3261 section 10.2): made, refreshed before they end, sought again when
/// they are lost, removed. The state changes in one place, by <see cref="RegistrationRules"/>, and every change is raised. One
/// request is under way at a time. A registration that rests is one entry in the stack's timer queue, no thread and no handle.
/// </summary>
public sealed class SipRegistration : IAsyncDisposable
{
    /// <summary>No refresh comes sooner, and none is put off for longer, whatever a registrar grants.</summary>
    private static readonly TimeSpan MinRefresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(1);
    private static readonly Action<object> OnTimerDue = static r => _ = ((SipRegistration)r).AttemptInTurnAsync(RegistrationInput.TimerDue);

    private readonly SipUserAgent _agent;
    private RegistrationSettings _settings;
    private readonly Lock _gate = new();

    // Call-ID and tag as the random numbers that they are made of: a quarter of their text, which rests unused for an hour.
    private readonly (Guid CallId, ulong Tag) _names = SipTokens.NewNumbers();
    private TimerQueue.Entry? _timer;
    private Task? _turn;
    private Registrar? _elsewhere;

    // What the registrar lists, unread: most of the time nobody asks, and bytes are half of a text.
    private byte[]? _listed;
    private TimeSpan _lifetime;
    private uint _sequence;
    private int _failures;
    private bool _isDisposed;

    /// <summary>Makes a registration; nothing is sent yet.</summary>
    /// <param name="agent">Sends the requests.</param>
    /// <param name="settings">What is registered.</param>
    /// <exception cref="ArgumentException">The instance is no URN.</exception>
    public SipRegistration(SipUserAgent agent, RegistrationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.InstanceId is { } instance && (!instance.StartsWith("urn:", StringComparison.OrdinalIgnoreCase)
            || instance.AsSpan().ContainsAny(SipChars.NeverInUri)))
        {
            throw new ArgumentException("An instance is named by a URN, such as urn:uuid:….", nameof(settings));
        }

        _agent = agent;
        _settings = settings;
        _lifetime = settings.Lifetime;
    }

    /// <summary>Where the registration stands.</summary>
    public RegistrationState State { get; private set; } = RegistrationState.Unregistered;

    /// <summary>Every binding of the address as the registrar listed them last, those of other devices too.</summary>
    public IReadOnlyList<RegistrationBinding> Bindings
    {
        get
        {
            if (Volatile.Read(ref _listed) is not { } listed)
            {
                return [];
            }

            var values = new List<string>();
            HeaderValueList.Split(Encoding.UTF8.GetString(listed), values);
            return RegistrationBinding.ReadAll(values);
        }
    }

    /// <summary>
    /// What Contact is to name in dialogs (RFC 5627 section 4.4): the public GRUU, which reaches this very device from
    /// everywhere, where the registrar gave one; else the contact that is registered.
    /// </summary>
    public SipUri DialogContact =>
        State is RegistrationState.Registered or RegistrationState.Refreshing
            ? RegistrationBinding.FindOwn(Bindings, _settings)?.PublicGruu ?? _settings.Contact
            : _settings.Contact;

    /// <summary>The state has changed; with the outcome that changed it, where there is one. Raised in order.</summary>
    public event Action<RegistrationState, SipOutcome?>? StateChanged;

    /// <summary>Registers and waits for the server's word.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The final response to the first attempt; after a failure nothing is tried again by itself.</returns>
    public async Task<SipOutcome> RegisterAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _agent.Stack.ClockJumps.Add(this);
        var outcome = await InTurnAsync(() => AttemptAsync(RegistrationInput.Register, cancellationToken))
            .WaitAsync(cancellationToken).ConfigureAwait(false);
        return outcome ?? throw new ObjectDisposedException(nameof(SipRegistration));
    }

    /// <summary>The connection to the server is lost: the binding is sought again soon.</summary>
    public void OnConnectionLost() => Step(RegistrationInput.FlowLost, null);

    /// <summary>The network of this host has changed: nobody knows what became of the binding, so it is renewed at once.</summary>
    public void OnNetworkChanged() => _ = AttemptInTurnAsync(RegistrationInput.Woken);

    /// <summary>The next attempt registers another contact: this host has another address. The old binding ends by itself.</summary>
    /// <param name="contact">Where requests are to be sent from now on.</param>
    public void MoveTo(SipUri contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        _settings = _settings with { Contact = contact };
    }

    /// <summary>Removes our bindings (RFC 3261 section 10.2.2); those of other devices stay.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>How it ended; null where there was nothing to remove.</returns>
    public Task<SipOutcome?> UnregisterAsync(CancellationToken cancellationToken = default) =>
        InTurnAsync(() => AttemptAsync(RegistrationInput.Unregister, cancellationToken)).WaitAsync(cancellationToken);

    /// <summary>Removes every binding of the address, those of other devices too (RFC 3261 section 10.2.2).</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<SipOutcome> RemoveAllAsync(CancellationToken cancellationToken = default) =>
        (await InTurnAsync(() => AttemptAsync(RegistrationInput.Unregister, cancellationToken, RegistrationRequest.RemovalOfAll(_settings)))
            .WaitAsync(cancellationToken).ConfigureAwait(false))!;

    /// <summary>Removes one binding, of another device too. For our own there is <see cref="UnregisterAsync"/>.</summary>
    /// <param name="contact">The contact, as <see cref="Bindings"/> names it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<SipOutcome> RemoveAsync(SipUri contact, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(contact);
        return InTurnAsync(() => ExchangeAsync(RegistrationRequest.Removal(_settings, contact), cancellationToken)).WaitAsync(cancellationToken);
    }

    /// <summary>Asks which bindings there are and changes none (RFC 3261 section 10.2.3); <see cref="Bindings"/> then has them.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<SipOutcome> QueryAsync(CancellationToken cancellationToken = default) =>
        InTurnAsync(() => ExchangeAsync(RegistrationRequest.WithoutContact(_settings), cancellationToken)).WaitAsync(cancellationToken);

    /// <summary>Stops refreshing; the binding is left to end by itself.</summary>
    public ValueTask DisposeAsync()
    {
        _isDisposed = true;
        Step(RegistrationInput.Close, null);
        return ValueTask.CompletedTask;
    }

    /// <summary>The machine was suspended, and its network may be another one.</summary>
    internal void OnWoken() => OnNetworkChanged();

    private Task<SipOutcome?> AttemptInTurnAsync(RegistrationInput input) => InTurnAsync(() => AttemptAsync(input, CancellationToken.None));

    /// <summary>One input that may cause a request, and what comes of it.</summary>
    private async Task<SipOutcome?> AttemptAsync(RegistrationInput input, CancellationToken cancellationToken, SipRequest? request = null)
    {
        if (_isDisposed)
        {
            return null;
        }

        var before = State;
        var action = Step(input, null);
        if (action == RegistrationAction.SendRemoval)
        {
            request ??= RegistrationRequest.OwnContacts(_settings, TimeSpan.Zero);
        }

        if (request is null && action != RegistrationAction.Send)
        {
            return null;
        }

        try
        {
            var outcome = request is not null ? await ExchangeAsync(request, cancellationToken).ConfigureAwait(false)
                : _settings.Failover is { } failover && before is RegistrationState.Registered or RegistrationState.Recovering
                ? await failover.RegisterAsync(before == RegistrationState.Recovering, RegisterOnceAsync, cancellationToken).ConfigureAwait(false)
                : await RegisterOnceAsync(cancellationToken).ConfigureAwait(false);
            Step(RegistrationRules.InputOf(outcome), outcome);
            return outcome;
        }
        catch (SipTransportException)
        {
            // No server could be asked at all.
            Step(RegistrationInput.Failed, null);
            return null;
        }
        catch (OperationCanceledException)
        {
            Step(RegistrationInput.Failed, null);
            throw;
        }
    }

    private async Task<SipOutcome> RegisterOnceAsync(CancellationToken cancellationToken)
    {
        var outcome = await ExchangeAsync(RegistrationRequest.OwnContacts(_settings, _lifetime), cancellationToken).ConfigureAwait(false);

        // The registrar names the least it takes (RFC 3261 section 10.2.8); it has one word.
        return IsTooBrief(outcome)
            ? await ExchangeAsync(RegistrationRequest.OwnContacts(_settings, _lifetime), cancellationToken).ConfigureAwait(false)
            : outcome;
    }

    private RegistrationAction Step(RegistrationInput input, SipOutcome? outcome)
    {
        RegistrationState before;
        RegistrationTransition step;
        lock (_gate)
        {
            before = State;
            step = RegistrationRules.Next(before, input);
            State = step.Next;
            SetTimer(step.Action, outcome);
        }

        if (step.Next is RegistrationState.Unregistered or RegistrationState.Rejected)
        {
            _agent.Stack.ClockJumps.Remove(this);
        }

        if (step.Next != before)
        {
            StateChanged?.Invoke(step.Next, outcome);
        }

        return step.Action;
    }

    private void SetTimer(RegistrationAction action, SipOutcome? outcome)
    {
        if (action == RegistrationAction.None)
        {
            return;
        }

        _timer?.Cancel();
        TimeSpan? delay = null;
        switch (action)
        {
            case RegistrationAction.SetRefresh:
                _failures = 0;
                delay = RefreshIn(GrantedBy(outcome!.Response));
                break;
            case RegistrationAction.SetBackOff:
                delay = RegistrationBackOff.Delay(++_failures, Random.Shared.NextDouble(), outcome is null ? null : RetryAfter.Of(outcome.Response));
                break;
            case RegistrationAction.SetSoon:
                delay = RegistrationBackOff.Delay(0, Random.Shared.NextDouble());
                break;
        }

        _timer = delay is { } time ? _agent.Stack.Schedule(time, OnTimerDue, this) : null;
    }

    // Early enough that a slow server does not let the binding end between.
    private static TimeSpan RefreshIn(TimeSpan granted)
    {
        var delay = granted.TotalSeconds > 120 ? granted - TimeSpan.FromSeconds(60) : granted / 2;
        return delay > MinRefresh ? delay : MinRefresh;
    }

    /// <summary>What the registrar granted our contacts, the shortest: the parameter, else the header (RFC 3261 section 10.2.4).</summary>
    private TimeSpan GrantedBy(SipResponse response)
    {
        var bindings = RegistrationBinding.ReadAll(response.Headers.GetValues(HeaderId.Contact));
        var granted = RegistrationBinding.FindOwn(bindings, _settings)?.Expires;
        foreach (var binding in bindings)
        {
            if (binding.Expires < (granted ?? TimeSpan.MaxValue) && _settings.FurtherContacts.Any(c => c.Uri is { } uri && uri.Equals(binding.Contact)))
            {
                granted = binding.Expires;
            }
        }

        granted ??= SipNumber.TryParse(response.Headers.GetBytes(HeaderId.Expires), out var all) ? TimeSpan.FromSeconds(all) : _lifetime;
        return granted.Value < MaxLifetime ? granted.Value : MaxLifetime;
    }

    private bool IsTooBrief(SipOutcome outcome)
    {
        if (outcome.StatusCode != 423
            || !SipNumber.TryParse(outcome.Response.Headers.GetBytes(HeaderId.MinExpires), out var least)
            || least <= _lifetime.TotalSeconds || least > MaxLifetime.TotalSeconds)
        {
            return false;
        }

        _lifetime = TimeSpan.FromSeconds(least);
        return true;
    }

    /// <summary>Sends a request to where the registrar is, and on to where it redirects to.</summary>
    private async Task<SipOutcome> ExchangeAsync(SipRequest request, CancellationToken cancellationToken)
    {
        var outcome = await AskWhereKnownAsync(request, cancellationToken).ConfigureAwait(false);
        if (outcome is null)
        {
            outcome = await SendAsync(request, null, cancellationToken).ConfigureAwait(false);
            if (outcome.Failure is null && RedirectChoice.IsRedirect(outcome.Response))
            {
                var redirects = new RegistrationRedirects(
                    _settings.Locator ?? new SipLocator(), _agent.Stack.Time, _agent.Authenticator, _settings.AddressOfRecord.IsSecure, IsTlsOnly);
                (outcome, var registrar) = await redirects.FollowAsync(
                    outcome, request.RequestUri!, r => SendAsync(request, r, cancellationToken), cancellationToken).ConfigureAwait(false);
                _elsewhere = registrar?.Until is null || !outcome.IsSuccess ? null : registrar;
            }
        }

        if (outcome.IsSuccess)
        {
            var contacts = outcome.Response.Headers.GetValues(HeaderId.Contact);
            Volatile.Write(ref _listed, contacts.Count == 0 ? null : Encoding.UTF8.GetBytes(string.Join(',', contacts)));
        }

        return outcome;
    }

    /// <summary>Asks the registrar that an earlier redirect led to; null where there is none or it is no help any more.</summary>
    private async Task<SipOutcome?> AskWhereKnownAsync(SipRequest request, CancellationToken cancellationToken)
    {
        if (_elsewhere is { } known)
        {
            if (known.Until > _agent.Stack.Time.GetUtcNow())
            {
                var outcome = await SendAsync(request, known, cancellationToken).ConfigureAwait(false);
                if (!SipFailover.IsFailureOfTarget(outcome) && !RedirectChoice.IsRedirect(outcome.Response))
                {
                    return outcome;
                }
            }

            _elsewhere = null;
        }

        return null;
    }

    private bool IsTlsOnly => _settings.AddressOfRecord.IsSecure || _agent.Outbound.Transport == SipTransportKind.Tls;

    private async Task<SipOutcome> SendAsync(SipRequest template, Registrar? registrar, CancellationToken cancellationToken)
    {
        var request = registrar is null ? template.Copy() : template.CopyTo(registrar.Uri);
        request.Headers.Add(HeaderId.From, new NameAddress(_settings.AddressOfRecord, _settings.DisplayName).With("tag", _names.Tag.ToString("x16", CultureInfo.InvariantCulture)).ToString());
        request.Headers.Add(HeaderId.CallId, _names.CallId.ToString("N"));
        request.Headers.Add(HeaderId.CSeq, new CSeq(++_sequence, SipMethods.Register).ToString());
        try
        {
            var (outcome, last) = registrar is null
                ? await _agent.SendAsync(request, cancellationToken).ConfigureAwait(false)
                : await _agent.SendAsync(request, registrar.Target, registrar.Authenticator, cancellationToken).ConfigureAwait(false);
            _sequence = last;
            return outcome;
        }
        catch (OperationCanceledException)
        {
            // Nobody says how many were used; numbers may be left out, but never come twice.
            _sequence += ClientRequest.MaxAttempts;
            throw;
        }
    }

    /// <summary>Does one thing after the other: a new REGISTER waits for the last one's end (RFC 3261 section 10.2).</summary>
    private async Task<T> InTurnAsync<T>(Func<Task<T>> work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task? previous;
        lock (_gate)
        {
            (previous, _turn) = (_turn, done.Task);
        }

        try
        {
            if (previous is not null)
            {
                await previous.ConfigureAwait(false);
            }

            return await work().ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                // What is over is let go of, with all that hangs on it.
                _turn = _turn == done.Task ? null : _turn;
            }

            done.SetResult();
        }
    }
}
