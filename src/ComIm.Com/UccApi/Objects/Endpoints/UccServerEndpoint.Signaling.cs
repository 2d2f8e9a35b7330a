using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Sip.Messages;

namespace ComIm.Com.UccApi.Objects.Endpoints;

/// <summary>Where the endpoint signs in, and with which credentials.</summary>
internal sealed partial class UccServerEndpoint : IUccServerSignalingSettings
{
    private const int FindServerEvent = 1200;

    private readonly Guid _instance;
    private IUccSignalingServer? _server;
    private string? _signedInAt;
    private int _allowedModes = UccConstants.UCCAM_ALL;

    /// <summary>The server to sign in to; null until it is set. To be set before the endpoint is enabled.</summary>
    public IUccSignalingServer? Server
    {
        get
        {
            lock (_gate)
            {
                return _server;
            }
        }

        set
        {
            DemandNotEnabled();
            lock (_gate)
            {
                _server = value;
            }
        }
    }

    /// <summary>Which authentication modes may be used, a sum of UCC_AUTHENTICATION_MODES. Of these ComIm speaks Digest.</summary>
    public int AllowedAuthenticationModes
    {
        get => Volatile.Read(ref _allowedModes);
        set
        {
            DemandNotEnabled();
            Volatile.Write(ref _allowedModes, (value & ~UccConstants.UCCAM_ALL) == 0 ? value : throw new HResultException(
                UccHResults.UCC_E_ENDPOINT_INVALID_SERVER_AUTHENTICATION_MODE, $"{value} is no sum of UCC_AUTHENTICATION_MODES."));
        }
    }

    /// <summary>The mode in use; none where the server has not asked.</summary>
    public UCC_AUTHENTICATION_MODES AuthenticationMode => AuthenticationModes.Of(_account?.AuthenticationScheme);

    /// <summary>The modes that the server has offered.</summary>
    public int SupportedAuthenticationModes => AuthenticationModes.Sum(_account?.OfferedAuthenticationSchemes ?? []);

    /// <summary>The credentials; of this interface and of IUccMediaEndpointSettings the same.</summary>
    public IUccCredentialCache CredentialCache { get; }

    /// <summary>Looks for the servers of a domain in DNS (RFC 3263); <c>OnFindServer</c> brings them.</summary>
    public void FindServer(string? bstrDomain = null, IUccOperationContext? pOperationContext = null)
    {
        _platform.DemandInitialized();
        var domain = string.IsNullOrWhiteSpace(bstrDomain) ? _address.Host : bstrDomain.Trim();
        _ = FindServerAsync(domain, pOperationContext);
    }

    public IUccSignalingServer CreateSignalingServer(string? bstrServerAddr, UCC_TRANSPORT_MODE enTransportMode) =>
        new UccSignalingServer(bstrServerAddr, enTransportMode);

    private async Task FindServerAsync(string domain, IUccOperationContext? operation)
    {
        UccFindServerEvent found;
        try
        {
            found = new UccFindServerEvent(operation, await FindAsync(domain).ConfigureAwait(false));
        }
        catch (ImException e)
        {
            found = new UccFindServerEvent(operation, EnableFailures.Of(e), e.Message);
        }

        _settingsEvents.Raise(FindServerEvent, this, found);
    }

    private async Task<IReadOnlyList<IUccSignalingServer>> FindAsync(string domain)
    {
        if (_platform.FindOverride() is { Server: { } server } set)
        {
            return [new UccSignalingServer(server, set.Transport ?? UCC_TRANSPORT_MODE.UCCTM_TCP)];
        }

        // A certificate proves the name that the application goes on to use. That DNS was not lied to by somebody else is
        // what this rule is for: over TLS a domain's servers have names in it.
        var isStrict = !EndpointContext.HasFlag(Context, UCC_SERVER_ENDPOINT_FLAGS.UCCSEF_DISABLE_STRICT_DNS);
        var servers = await _platform.Client.FindServersAsync(domain).ConfigureAwait(false);
        return
        [
            .. servers.Where(s => !isStrict || s.Transport != ImTransport.Tls || IsIn(domain, s.Server))
                .Select(s => new UccSignalingServer(s.Server, ModeOf(s.Transport))),
        ];
    }

    private static bool IsIn(string domain, string server)
    {
        var host = HostPort.TryParse(server, out var name) ? name.Host.TrimEnd('.') : "";
        return host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);
    }

    private static UCC_TRANSPORT_MODE ModeOf(ImTransport transport) => transport switch
    {
        ImTransport.Udp => UCC_TRANSPORT_MODE.UCCTM_UDP,
        ImTransport.Tcp => UCC_TRANSPORT_MODE.UCCTM_TCP,
        _ => UCC_TRANSPORT_MODE.UCCTM_TLS,
    };

    private static ImTransport TransportOf(UCC_TRANSPORT_MODE mode) => mode switch
    {
        UCC_TRANSPORT_MODE.UCCTM_UDP => ImTransport.Udp,
        UCC_TRANSPORT_MODE.UCCTM_TCP => ImTransport.Tcp,
        UCC_TRANSPORT_MODE.UCCTM_TLS => ImTransport.Tls,
        _ => throw new HResultException(UccHResults.UCC_E_ENDPOINT_INVALID_SERVER_PROTOCOL, $"{(int)mode} is not a UCC_TRANSPORT_MODE."),
    };

    /// <summary>What the account is made of: the application's settings, where the administrator has not set others.</summary>
    private ImAccountSettings ReadSettings()
    {
        var set = _platform.FindOverride() ?? new EndpointOverride();
        var address = set.Server ?? Server?.ServerAddress
            ?? throw new HResultException(UccHResults.UCC_E_ENDPOINT_NO_SERVER, "Set the Server of the endpoint, or find it by FindServer, before you enable it.");
        var transport = TransportOf(set.Transport ?? Server?.TransportMode ?? UCC_TRANSPORT_MODE.UCCTM_TCP);
        var modes = set.AuthenticationModes ?? AllowedAuthenticationModes;
        if (modes == (int)UCC_AUTHENTICATION_MODES.UCCAM_BASIC && transport != ImTransport.Tls)
        {
            throw new HResultException(UccHResults.UCC_E_BASIC_AUTHENTICATION_SET_TLS, "Basic authentication needs TLS.");
        }

        var credentials = new EndpointCredentials((UccCredentialCache)CredentialCache, set, modes);
        return credentials.ApplyTo(new ImAccountSettings
        {
            Address = _address.ToString(),
            Server = address,
            Transport = transport,
            InstanceId = _instance,
            DisplayName = EndpointContext.DisplayNameOf(Context),
            TrustedRoots = _platform.TrustedRoots,
        });
    }

    private void DemandNotEnabled()
    {
        _platform.DemandInitialized();
        if (State != EndpointState.Created)
        {
            throw new HResultException(UccHResults.UCC_E_INVALID_REGISTRATION_STATE, "That is set before the endpoint is enabled.");
        }
    }
}
