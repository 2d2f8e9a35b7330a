using ComIm.Client;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;
using ComIm.Com.UccApi.Objects.Endpoints;
using ComIm.TestKit;

namespace ComIm.Com.Tests.UccApi;

/// <summary>One person with a platform and an endpoint at a server, written as applications of the original are.</summary>
internal sealed class UccPeer
{
    public UccPeer(
        string user, string server, UCC_TRANSPORT_MODE transport = UCC_TRANSPORT_MODE.UCCTM_TCP, string? password = null,
        ImClientOptions? options = null, IEndpointOverrides? overrides = null)
    {
        Platform = new UccPlatform(options ?? new ImClientOptions(), overrides ?? NoEndpointOverrides.Instance);
        Platform.Initialize("ComIm tests", null!);
        Events.Advise<_IUccPlatformEvents>(Platform);
        Endpoint = CreateEndpoint(user);
        var credentials = Settings.CredentialCache;
        credentials.SetCredential(UccConstants.UCC_REALM_ALL, credentials.CreateCredential(user, password ?? "secret-" + user, TestServer.Domain));
        Settings.Server = Settings.CreateSignalingServer(server, transport);
        Settings.AllowedAuthenticationModes = (int)UCC_AUTHENTICATION_MODES.UCCAM_DIGEST;
    }

    public IUccPlatform Platform { get; }

    public IUccEndpoint Endpoint { get; }

    public IUccServerSignalingSettings Settings => (IUccServerSignalingSettings)Endpoint;

    public Recorder Events { get; } = new();

    public IUccEndpoint CreateEndpoint(string user)
    {
        IUccUriManager uris = new UccUriManager();
        var endpoint = Platform.CreateEndpoint(
            UCC_ENDPOINT_TYPE.UCCET_PRINCIPAL_SERVER_BASED, uris.ParseUri($"sip:{user}@{TestServer.Domain}"), null!, null!);
        Events.Advise<_IUccEndpointEvents>(endpoint);
        Events.Advise<_IUccServerSignalingSettingsEvents>(endpoint);
        return endpoint;
    }

    /// <summary>Signs in and waits for it.</summary>
    public UccPeer Enable()
    {
        Endpoint.Enable(null!);
        Events.TakeSuccess("OnEnable");
        return this;
    }

    /// <summary>Signs out and waits for it.</summary>
    public void Shutdown()
    {
        Platform.Shutdown(null!);
        while (Events.Take().Name != "OnShutdown")
        {
        }
    }
}
