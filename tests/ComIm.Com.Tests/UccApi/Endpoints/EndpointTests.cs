using System.Net;
using System.Net.Sockets;
using ComIm.Com.Interop;
using ComIm.Com.Tests.UccApi.Objects;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;
using ComIm.Com.UccApi.Objects.Endpoints;
using ComIm.TestKit;

namespace ComIm.Com.Tests.UccApi.Endpoints;

/// <summary>From CreateEndpoint to OnDisable, against the embedded server.</summary>
public sealed class EndpointTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [InlineData(UCC_TRANSPORT_MODE.UCCTM_UDP)]
    [InlineData(UCC_TRANSPORT_MODE.UCCTM_TCP)]
    public void Endpoint_signs_in_and_out_with_events_that_bring_the_operation_back(UCC_TRANSPORT_MODE transport)
    {
        var alice = new UccPeer("alice", _server.Address, transport);
        IUccOperationContext enable = new UccOperationContext();
        enable.Initialize(7, new UccContext());

        alice.Endpoint.Enable(enable);
        var enabled = alice.Events.TakeSuccess("OnEnable");
        Assert.Same(alice.Endpoint, enabled.Source);
        Assert.Equal(7, enabled.As<IUccOperationProgressEvent>().OriginalOperationContext.OperationId);
        Assert.Equal(UCC_AUTHENTICATION_MODES.UCCAM_DIGEST, alice.Settings.AuthenticationMode);
        Assert.Equal((int)UCC_AUTHENTICATION_MODES.UCCAM_DIGEST, alice.Settings.SupportedAuthenticationModes);
        Assert.True(alice.Endpoint.Context.IsPropertySet((int)UCC_SERVER_ENDPOINT_CONTEXT.UCCSEC_GRUU));

        alice.Endpoint.Disable(null!);
        var disabled = alice.Events.TakeSuccess("OnDisable");
        Assert.Null(disabled.As<IUccOperationProgressEvent>().OriginalOperationContext);
        Failure.Is(UccHResults.UCC_E_INVALID_REGISTRATION_STATE, () => alice.Endpoint.Enable(null!));
        Failure.Is(UccHResults.UCC_E_INVALID_REGISTRATION_STATE, () => alice.Endpoint.Disable(null!));
        Failure.Is(UccHResults.UCC_E_INVALID_REGISTRATION_STATE, () => alice.Settings.Server = null!);

        alice.Platform.Shutdown(null!);
        alice.Events.TakeSuccess("OnShutdown");
        Failure.Is(UccHResults.UCC_E_PLATFORM_ALREADY_SHUT_DOWN, () => alice.Endpoint.Enable(null!));
    }

    [Fact]
    public void Shutdown_disables_what_is_enabled_first()
    {
        var alice = new UccPeer("alice", _server.Address).Enable();
        alice.Platform.Shutdown(null!);
        alice.Events.TakeSuccess("OnDisable");
        alice.Events.TakeSuccess("OnShutdown");
    }

    [Fact]
    public void Wrong_password_is_the_servers_401()
    {
        var alice = new UccPeer("alice", _server.Address, password: "wrong");
        alice.Endpoint.Enable(null!);
        var failed = alice.Events.TakeResult("OnEnable", UccHResults.UCC_E_SIP_STATUS_CLIENT_UNAUTHORIZED);
        Assert.NotEmpty(failed.As<IUccOperationProgressEvent>().StatusText);
        Failure.Is(UccHResults.UCC_E_INVALID_REGISTRATION_STATE, () => alice.Endpoint.Enable(null!));
    }

    [Fact]
    public void Each_realm_gets_its_own_password_and_no_other()
    {
        var alice = new UccPeer("alice", _server.Address);
        var cache = alice.Settings.CredentialCache;
        cache.RemoveCredential("*");
        Failure.Is(UccHResults.UCC_E_NO_REALM, () => cache.RemoveCredential("*"));
        cache.SetCredential("elsewhere", cache.CreateCredential("alice", "secret-alice", ""));
        alice.Endpoint.Enable(null!);
        alice.Events.TakeResult("OnEnable", UccHResults.UCC_E_SIP_AUTHENTICATION_INCORRECT_REALM);

        var second = new UccPeer("alice", _server.Address, password: "wrong");
        cache = second.Settings.CredentialCache;
        cache.SetCredential(TestServer.Domain, cache.CreateCredential("alice", "secret-alice", ""));
        Assert.True(cache.TryGetCredential(TestServer.Domain, out var found));
        Assert.Equal(("alice", "secret-alice"), (found.UserName, found.Password));
        Assert.DoesNotContain("secret", found.ToString(), StringComparison.Ordinal);
        Assert.False(cache.TryGetCredential("nowhere", out _));
        Failure.Is(UccHResults.UCC_E_NO_REALM, () => cache.SetCredential("", found));
        Failure.Is(HResults.InvalidArgument, () => cache.SetCredential("*", null!));
        Failure.Is(HResults.InvalidArgument, () => cache.CreateCredential("", "x", ""));
        second.Enable();
        Failure.Is(UccHResults.UCC_E_DUPLICATE_REALM, () => cache.SetCredential("*", found));
        Assert.Equal(Environment.UserName, cache.DefaultCredential.UserName);
        second.Shutdown();
    }

    [Fact]
    public void Change_of_the_network_is_told_and_recovered_from()
    {
        var alice = new UccPeer("alice", _server.Address).Enable();
        ((UccPlatform)alice.Platform).Client.OnNetworkChanged();
        var told = alice.Events.Take("OnIpAddrChange");
        Assert.Same(alice.Platform, told.Source);
        Assert.Null(told.Data);
        Assert.NotNull(((IUccSessionManager)alice.Endpoint).CreateSession(UCC_SESSION_TYPE.UCCST_INSTANT_MESSAGING, null!));
        alice.Shutdown();
    }

    [Theory]
    [InlineData(UCC_AUTHENTICATION_MODES.UCCAM_NTLM)]
    [InlineData(UCC_AUTHENTICATION_MODES.UCCAM_KERBEROS)]
    [InlineData(UCC_AUTHENTICATION_MODES.UCCAM_NONE)]
    public void Mask_without_the_servers_scheme_is_not_supported(UCC_AUTHENTICATION_MODES modes)
    {
        var alice = new UccPeer("alice", _server.Address);
        alice.Settings.AllowedAuthenticationModes = (int)modes;
        alice.Endpoint.Enable(null!);
        alice.Events.TakeResult("OnEnable", UccHResults.UCC_E_SIP_AUTHENTICATION_TYPE_NOT_SUPPORTED);
    }

    [Fact]
    public void Basic_needs_tls_and_masks_are_sums()
    {
        var alice = new UccPeer("alice", _server.Address);
        alice.Settings.AllowedAuthenticationModes = (int)UCC_AUTHENTICATION_MODES.UCCAM_BASIC;
        Failure.Is(UccHResults.UCC_E_BASIC_AUTHENTICATION_SET_TLS, () => alice.Endpoint.Enable(null!));
        Failure.Is(UccHResults.UCC_E_ENDPOINT_INVALID_SERVER_AUTHENTICATION_MODE, () => alice.Settings.AllowedAuthenticationModes = 16);
        alice.Settings.AllowedAuthenticationModes = UccConstants.UCCAM_ALL;
        alice.Enable();
    }

    [Fact]
    public void Nobody_at_the_address_is_a_failure_of_the_network()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var alice = new UccPeer("alice", taken.LocalEndPoint!.ToString()!);
        alice.Endpoint.Enable(null!);
        alice.Events.TakeResult("OnEnable", UccHResults.UCC_E_SIP_TCP_FAIL);
    }

    [Fact]
    public void Disable_ends_a_sign_in_that_is_under_way()
    {
        // Somebody who takes everything and answers nothing.
        using var silent = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var alice = new UccPeer("alice", silent.Client.LocalEndPoint!.ToString()!, UCC_TRANSPORT_MODE.UCCTM_UDP);
        alice.Endpoint.Enable(null!);
        alice.Endpoint.Disable(null!);
        alice.Events.TakeResult("OnEnable", UccHResults.UCC_E_REQUEST_CANCELLED);
        alice.Events.TakeSuccess("OnDisable");
    }

    [Fact]
    public void Endpoints_are_many_but_one_for_each_person_and_server()
    {
        var alice = new UccPeer("alice", _server.Address).Enable();
        var twin = alice.CreateEndpoint("alice");
        ((IUccServerSignalingSettings)twin).Server = alice.Settings.Server;
        Failure.Is(UccHResults.UCC_E_ENDPOINT_DUPLICATE_USER_URI_AND_SERVER, () => twin.Enable(null!));

        var bob = alice.CreateEndpoint("bob");
        var settings = (IUccServerSignalingSettings)bob;
        settings.Server = alice.Settings.Server;
        settings.CredentialCache.SetCredential("*", settings.CredentialCache.CreateCredential("bob", "secret-bob", ""));
        bob.Enable(null!);
        Assert.Same(bob, alice.Events.TakeSuccess("OnEnable").Source);

        alice.Endpoint.Disable(null!);
        Assert.Same(alice.Endpoint, alice.Events.TakeSuccess("OnDisable").Source);
        ((IUccServerSignalingSettings)twin).CredentialCache.SetCredential("*", settings.CredentialCache.CreateCredential("alice", "secret-alice", ""));
        twin.Enable(null!);
        Assert.Same(twin, alice.Events.TakeSuccess("OnEnable").Source);
        alice.Shutdown();
    }

    [Fact]
    public void Administrator_decides_where_an_application_cannot_be_changed()
    {
        var overrides = new Overrides(new EndpointOverride
        {
            Server = _server.Address,
            Transport = UCC_TRANSPORT_MODE.UCCTM_UDP,
            AuthenticationModes = UccConstants.UCCAM_ALL,
            UserName = "alice",
            Password = "secret-alice",
        });
        var alice = new UccPeer("alice", "pool.invalid", UCC_TRANSPORT_MODE.UCCTM_TLS, "of another world", overrides: overrides);
        alice.Settings.AllowedAuthenticationModes = (int)UCC_AUTHENTICATION_MODES.UCCAM_NTLM;
        alice.Settings.FindServer(null!, null!);
        var found = (IUccSignalingServer)alice.Events.TakeSuccess("OnFindServer").As<IUccFindServerEvent>().SignalingServers[1];
        Assert.Equal((_server.Address, UCC_TRANSPORT_MODE.UCCTM_UDP), (found.ServerAddress, found.TransportMode));
        alice.Enable();
        Assert.Equal("ComIm tests", overrides.Asked);
        Assert.DoesNotContain("secret", overrides.Find("")!.ToString(), StringComparison.Ordinal);
        alice.Shutdown();
    }

    [Fact]
    public void What_cannot_be_an_endpoint_is_refused()
    {
        IUccPlatform platform = new UccPlatform();
        platform.Initialize("tests", null!);
        IUccUriManager uris = new UccUriManager();
        const UCC_ENDPOINT_TYPE Type = UCC_ENDPOINT_TYPE.UCCET_PRINCIPAL_SERVER_BASED;
        Failure.Is(UccHResults.UCC_E_ENDPOINT_NO_USER_URI, () => platform.CreateEndpoint(Type, null!, null!, null!));
        Failure.Is(UccHResults.UCC_E_INVALID_SIP_URL, () => platform.CreateEndpoint(Type, uris.ParseUri("sip:example.com"), null!, null!));
        Failure.Is(UccHResults.UCC_E_INVALID_SIP_URL, () => platform.CreateEndpoint(Type, uris.ParseUri("tel:+15551234"), null!, null!));
        Failure.Is(HResults.InvalidArgument, () => platform.CreateEndpoint((UCC_ENDPOINT_TYPE)2, uris.ParseUri("sip:a@example.com"), null!, null!));
        var endpoint = platform.CreateEndpoint(Type, uris.ParseUri("sip:alice@example.com"), null!, null!);
        Failure.Is(UccHResults.UCC_E_ENDPOINT_NO_SERVER, () => endpoint.Enable(null!));
        var settings = (IUccServerSignalingSettings)endpoint;
        Failure.Is(UccHResults.UCC_E_ENDPOINT_NO_SERVER_ADDRESS, () => settings.CreateSignalingServer("", UCC_TRANSPORT_MODE.UCCTM_TCP));
        Failure.Is(UccHResults.UCC_E_INVALID_SERVER_NAME, () => settings.CreateSignalingServer("a b", UCC_TRANSPORT_MODE.UCCTM_TCP));
        Failure.Is(UccHResults.UCC_E_ENDPOINT_INVALID_SERVER_PROTOCOL, () => settings.CreateSignalingServer("a", (UCC_TRANSPORT_MODE)9));
        Assert.NotEmpty(endpoint.Id);
        Assert.Equal("here", platform.CreateEndpoint(Type, uris.ParseUri("sip:alice@example.com"), "here", null!).Id);
    }

    private sealed class Overrides(EndpointOverride set) : IEndpointOverrides
    {
        public string? Asked { get; private set; }

        public EndpointOverride? Find(string applicationName)
        {
            Asked = applicationName.Length > 0 ? applicationName : Asked;
            return set;
        }
    }
}
