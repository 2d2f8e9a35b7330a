using System.Security.Cryptography.X509Certificates;
using ComIm.Client;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Endpoints;
using ComIm.Sip.Messages;

namespace ComIm.Com.UccApi.Objects;

/// <summary>The endpoints of the platform: any number, but one for each identity at each server.</summary>
public partial class UccPlatform
{
    private readonly ImClientOptions _options;
    private readonly IEndpointOverrides _overrides;
    private readonly List<UccServerEndpoint> _endpoints = [];

    // Made when it is needed: until then a platform that is forgotten leaves nothing behind.
    private readonly Lazy<ImClient> _client;

    /// <summary>The client that signs endpoints in.</summary>
    internal ImClient Client => _client.Value;

    /// <summary>The clock.</summary>
    internal TimeProvider Time { get; }

    /// <summary>The roots that are trusted instead of the system's; null for the system's.</summary>
    internal X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>Makes an endpoint, to be set up and enabled.</summary>
    /// <param name="eType">UCCET_PRINCIPAL_SERVER_BASED.</param>
    /// <param name="pUri">Who signs in.</param>
    /// <param name="bstrEndpointId">A name for the endpoint; null has one made.</param>
    /// <param name="pContext">Properties of UCC_SERVER_ENDPOINT_CONTEXT, or null.</param>
    /// <exception cref="HResultException">
    /// UCC_E_PLATFORM_NOT_INITIALIZED, E_INVALIDARG, UCC_E_ENDPOINT_NO_USER_URI or UCC_E_INVALID_SIP_URL.
    /// </exception>
    public IUccEndpoint CreateEndpoint(UCC_ENDPOINT_TYPE eType, IUccUri? pUri, string? bstrEndpointId, IUccContext? pContext)
    {
        if (_first != null)
        {
            return _first.CreateEndpoint(eType, pUri, bstrEndpointId, pContext);
        }

        DemandInitialized();
        if (eType == UCC_ENDPOINT_TYPE.UCCET_PROXY_TELEPHONY)
        {
            throw MediaDisabled();
        }

        if (eType != UCC_ENDPOINT_TYPE.UCCET_PRINCIPAL_SERVER_BASED)
        {
            throw new HResultException(HResults.InvalidArgument, $"{(int)eType} is not a UCC_ENDPOINT_TYPE.");
        }

        if (pUri == null)
        {
            throw new HResultException(UccHResults.UCC_E_ENDPOINT_NO_USER_URI, "An endpoint needs the URI of who signs in.");
        }

        var uri = UccUri.Parse(pUri.Value);
        return SipUri.TryParse(uri.Value, out var address) && !string.IsNullOrEmpty(address.User)
            ? new UccServerEndpoint(this, uri, address, bstrEndpointId, pContext)
            : throw new HResultException(UccHResults.UCC_E_INVALID_SIP_URL, $"'{uri.Value}' does not name who signs in, as sip:alice@example.com does.");
    }

    /// <summary>What the administrator has set for this application.</summary>
    internal EndpointOverride? FindOverride() => _overrides.Find(ApplicationName);

    /// <summary>An endpoint begins to sign in.</summary>
    /// <exception cref="HResultException">UCC_E_ENDPOINT_DUPLICATE_USER_URI_AND_SERVER: another one is there.</exception>
    internal void Remember(UccServerEndpoint endpoint)
    {
        lock (_gate)
        {
            if (_endpoints.Exists(e => e.IsSameAs(endpoint)))
            {
                throw new HResultException(
                    UccHResults.UCC_E_ENDPOINT_DUPLICATE_USER_URI_AND_SERVER, $"Another endpoint is enabled for {endpoint.Uri.Value} at this server.");
            }

            _endpoints.Add(endpoint);
        }
    }

    /// <summary>An endpoint is disabled.</summary>
    internal void Forget(UccServerEndpoint endpoint)
    {
        lock (_gate)
        {
            _endpoints.Remove(endpoint);
        }
    }

    private ImClient MakeClient(ImClientOptions options)
    {
        var client = new ImClient(options with
        {
            Trace = entry =>
            {
                options.Trace?.Invoke(entry);
                Volatile.Read(ref _trace)?.Write(entry);
            },

            // An application may switch its trace on at any time; until it does no message is copied for it.
            IsTracing = () => options.Trace is not null || TracingEnabled,
        });

        // Endpoints find their servers again by themselves.
        client.NetworkChanged += (_, _) => _events.Raise(AddressChangeEvent, this, null);
        return client;
    }

    private async Task ShutdownAsync(IUccOperationContext? operation)
    {
        UccServerEndpoint[] endpoints;
        lock (_gate)
        {
            endpoints = [.. _endpoints];
        }

        await Task.WhenAll(endpoints.Select(e => e.EndAsync())).ConfigureAwait(false);
        if (_client.IsValueCreated)
        {
            await Client.DisposeAsync().ConfigureAwait(false);
        }

        StopTrace();
        _events.Raise(ShutdownEvent, this, UccOperationProgressEvent.Success(operation));
    }
}
