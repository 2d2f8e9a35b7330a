using System.Runtime.InteropServices;
using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Presence;
using ComIm.Sip.Messages;

namespace ComIm.Com.UccApi.Objects.Endpoints;

/// <summary>
/// One identity at one server: an account of the client beneath it. Its state changes here and nowhere else. Each of its
/// further interfaces is a part of its own.
/// </summary>
[ClassInterface(ClassInterfaceType.None)]
#pragma warning disable CA1001 // COM knows no Dispose; the token source has no timer and holds nothing.
internal sealed partial class UccServerEndpoint : EventSourceObject, IUccEndpoint
#pragma warning restore CA1001
{
    private const int EnableEvent = 200;
    private const int DisableEvent = 201;

    private readonly UccPlatform _platform;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _giveUp = new();
    private readonly ConnectionPoint _events;
    private readonly ConnectionPoint _settingsEvents;
    private readonly ConnectionPoint _publicationEvents;
    private readonly SipUri _address;
    private EndpointState _state;
    private ImAccount? _account;
    private IUccOperationContext? _disabling;
    private Task _ending = Task.CompletedTask;

    public UccServerEndpoint(UccPlatform platform, UccUri uri, SipUri address, string? id, IUccContext? context)
        : base(UccCoclasses.UccServerEndpoint.Dispatch, UccCoclasses.UccServerEndpoint.Sources, platform.Lane)
    {
        _platform = platform;
        _address = address.AddressOfRecord;
        Uri = uri;
        (Id, _instance) = EndpointId.Of(id);
        Context = EndpointContext.Of(context);
        CredentialCache = new UccCredentialCache(() => State is EndpointState.Enabling or EndpointState.Enabled);
        _events = PointFor(typeof(_IUccEndpointEvents));
        _settingsEvents = PointFor(typeof(_IUccServerSignalingSettingsEvents));
        _sessionEvents = PointFor(typeof(_IUccSessionManagerEvents));
        _publicationEvents = PointFor(typeof(_IUccPublicationManagerEvents));
        Own = new OwnCategories(_address.ToString(), _address.Host, platform.Time);
    }

    public IUccUri Uri { get; }

    public string Id { get; }

    public UCC_ENDPOINT_TYPE Type => UCC_ENDPOINT_TYPE.UCCET_PRINCIPAL_SERVER_BASED;

    public IUccContext Context { get; }

    /// <summary>Sessions can be answered and forwarded; the rest is telephony.</summary>
    public int SignalingCapabilities =>
        (int)(UCC_ENDPOINT_SIGNALING_CAPABILITIES.UCCESC_SESSION_ANSWER | UCC_ENDPOINT_SIGNALING_CAPABILITIES.UCCESC_SESSION_FORWARD);

    /// <summary>None.</summary>
    public int MediaCapabilities => 0;

    /// <summary>Where the endpoint stands.</summary>
    internal EndpointState State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <summary>The platform that made it.</summary>
    internal UccPlatform Platform => _platform;

    /// <summary>Whether another endpoint signs in the same person at the same server.</summary>
    internal bool IsSameAs(UccServerEndpoint other) =>
        _address.Equals(other._address) && string.Equals(_signedInAt, other._signedInAt, StringComparison.OrdinalIgnoreCase);

    /// <summary>Registers; <c>OnEnable</c> tells how it went. Once in the life of an endpoint.</summary>
    public void Enable(IUccOperationContext? pOperationContext = null)
    {
        _platform.DemandInitialized();
        var settings = ReadSettings();
        lock (_gate)
        {
            if (_state != EndpointState.Created)
            {
                throw new HResultException(
                    UccHResults.UCC_E_INVALID_REGISTRATION_STATE,
                    _state is EndpointState.Enabling or EndpointState.Enabled
                        ? "The endpoint is enabled already."
                        : "An endpoint that was disabled, or that failed, cannot be enabled again. Make another one.");
            }

            (_state, _signedInAt) = (EndpointState.Enabling, settings.Server);
        }

        try
        {
            _platform.Remember(this);
        }
        catch (HResultException)
        {
            Enter(EndpointState.Created);
            throw;
        }

        _ending = SignInAsync(settings, pOperationContext);
    }

    /// <summary>Ends the sessions and the registration; <c>OnDisable</c> tells when that is done.</summary>
    public void Disable(IUccOperationContext? pOperationContext = null)
    {
        _platform.DemandInitialized();
        if (!TryDisable(pOperationContext))
        {
            throw new HResultException(UccHResults.UCC_E_INVALID_REGISTRATION_STATE, "The endpoint is not enabled.");
        }
    }

    /// <summary>The platform shuts down: as <see cref="Disable"/>, if it is enabled. Done when <c>OnDisable</c> has been raised.</summary>
    internal Task EndAsync()
    {
        TryDisable(null);
        lock (_gate)
        {
            return _ending;
        }
    }

    /// <summary>The account, for what needs a registration.</summary>
    /// <exception cref="HResultException">The endpoint is not enabled, or the platform is shut down.</exception>
    internal ImAccount DemandAccount()
    {
        _platform.DemandInitialized();
        lock (_gate)
        {
            return _state == EndpointState.Enabled
                ? _account!
                : throw new HResultException(UccHResults.UCC_E_INVALID_REGISTRATION_STATE, "The endpoint is not enabled.");
        }
    }

    private async Task SignInAsync(ImAccountSettings settings, IUccOperationContext? operation)
    {
        try
        {
            var account = await _platform.Client.SignInAsync(settings, Listen, _giveUp.Token).ConfigureAwait(false);
            await OnEnabledAsync(account, operation).ConfigureAwait(false);
        }
        catch (ImException e)
        {
            OnNotEnabled(operation, EnableFailures.Of(e, settings), e);
        }
        catch (OperationCanceledException)
        {
            OnNotEnabled(operation, UccHResults.UCC_E_REQUEST_CANCELLED, new ImException(ImError.NotSignedIn, "The endpoint was disabled meanwhile."));
        }
    }

    /// <summary>The account is there and has not registered yet: what it tells from its first moment is heard.</summary>
    private void Listen(ImAccount account)
    {
        account.StateChanged += OnAccountStateChanged;
        account.SessionOffered += OnSessionOffered;
    }

    private async Task OnEnabledAsync(ImAccount account, IUccOperationContext? operation)
    {
        lock (_gate)
        {
            if (_state == EndpointState.Enabling)
            {
                (_state, _account) = (EndpointState.Enabled, account);
            }
        }

        EndpointContext.Describe(Context, account);
        _events.Raise(EnableEvent, this, UccOperationProgressEvent.Success(operation));
        _isAnnounced.TrySetResult();
        if (State == EndpointState.Disabling)
        {
            // Disabled before it was known to be enabled.
            await SignOutAsync(account).ConfigureAwait(false);
        }
    }

    private void OnNotEnabled(IUccOperationContext? operation, int statusCode, ImException cause)
    {
        bool wasDisabled;
        lock (_gate)
        {
            wasDisabled = _state == EndpointState.Disabling;
            _state = EndpointState.Disabled;
        }

        _platform.Forget(this);
        Use(null);
        _events.Raise(EnableEvent, this, UccOperationProgressEvent.Failure(operation, statusCode, cause));
        if (wasDisabled)
        {
            _events.Raise(DisableEvent, this, UccOperationProgressEvent.Success(_disabling));
        }
    }

    private bool TryDisable(IUccOperationContext? operation)
    {
        lock (_gate)
        {
            switch (_state)
            {
                case EndpointState.Enabling:
                    (_state, _disabling) = (EndpointState.Disabling, operation);
                    break;
                case EndpointState.Enabled:
                    (_state, _disabling) = (EndpointState.Disabling, operation);
                    _ending = Task.Run(() => SignOutAsync(_account!));
                    return true;
                default:
                    return false;
            }
        }

        _giveUp.Cancel();
        return true;
    }

    private async Task SignOutAsync(ImAccount account)
    {
        await EndSessionsAsync().ConfigureAwait(false);
        await account.SignOutAsync().ConfigureAwait(false);
        Leave(UccOperationProgressEvent.Success(_disabling));
    }

    private void Leave(UccOperationProgressEvent progress)
    {
        lock (_gate)
        {
            if (_state == EndpointState.Disabled)
            {
                return;
            }

            _state = EndpointState.Disabled;
        }

        EndPresence();
        _platform.Forget(this);
        Use(null);
        _events.Raise(DisableEvent, this, progress);
    }

    /// <summary>The server has ended the registration, which nobody asked for.</summary>
    private void OnAccountStateChanged(object? sender, ImAccountStateChangedEventArgs e)
    {
        if (e.NewState is ImAccountState.SignedOut or ImAccountState.Rejected && e.Cause is { } cause && State == EndpointState.Enabled && sender == _account)
        {
            Leave(UccOperationProgressEvent.Failure(null, EnableFailures.OfLoss(cause), cause));
        }
        else if (e.NewState == ImAccountState.SignedIn && State == EndpointState.Enabled && sender == _account)
        {
            RequirePublication();
        }
    }

    private void Enter(EndpointState state)
    {
        lock (_gate)
        {
            _state = state;
        }
    }
}
