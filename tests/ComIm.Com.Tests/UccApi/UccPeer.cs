using System.Security.Cryptography.X509Certificates;
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
        ImClientOptions? options = null, IEndpointOverrides? overrides = null, X509Certificate2Collection? trusted = null)
    {
        Platform = new UccPlatform(options ?? new ImClientOptions(), overrides ?? NoEndpointOverrides.Instance) { TrustedRoots = trusted };
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
        Events.Advise<_IUccSessionManagerEvents>(endpoint);
        return endpoint;
    }

    /// <summary>Signs in and waits for it.</summary>
    public UccPeer Enable()
    {
        Endpoint.Enable(null!);
        Events.TakeSuccess("OnEnable");
        return this;
    }

    /// <summary>A session whose events are recorded.</summary>
    public IUccSession CreateSession(string? conversationId = null)
    {
        IUccContext context = new UccContext();
        if (conversationId != null)
        {
            context.AddProperty(10000, conversationId);
        }

        var session = ((IUccSessionManager)Endpoint).CreateSession(UCC_SESSION_TYPE.UCCST_INSTANT_MESSAGING, context);
        Assert.Same(session, Events.Take("OnOutgoingSession").As<IUccOutgoingSessionEvent>().Session);
        Events.AdviseAll(session);
        return session;
    }

    /// <summary>A participant whose events are recorded.</summary>
    public IUccSessionParticipant CreateParticipant(IUccSession session, string user)
    {
        IUccUriManager uris = new UccUriManager();
        var participant = session.CreateParticipant(uris.ParseUri($"sip:{user}@{TestServer.Domain}"), null!);
        Events.AdviseAll(participant);
        return participant;
    }

    /// <summary>Invites somebody and takes the events of the invitation's beginning.</summary>
    public IUccSessionParticipant Invite(IUccSession session, string user, IUccOperationContext? operation = null)
    {
        var participant = CreateParticipant(session, user);
        session.AddParticipant(participant, operation!);
        Assert.True(Events.Take("OnParticipantAdded").As<IUccSessionParticipantCollectionEvent>().Participant.IsLocal);
        Assert.Same(participant, Events.Take("OnParticipantAdded").As<IUccSessionParticipantCollectionEvent>().Participant);
        Events.TakeState(UCC_SESSION_ENTITY_STATE.UCCSES_IDLE, UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTING);
        return participant;
    }

    /// <summary>Takes the event of success of an invitation.</summary>
    public void TakeConnected()
    {
        Events.TakeState(UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTING, UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTED);
        Events.TakeSuccess("OnAddParticipant");
    }

    /// <summary>An invitation that comes in, its session's events recorded.</summary>
    public IUccIncomingSessionEvent TakeIncoming()
    {
        var incoming = Events.Take("OnIncomingSession").As<IUccIncomingSessionEvent>();
        Events.AdviseAll(incoming.Session);
        return incoming;
    }

    /// <summary>Takes the events of a session's end by the other side, or by us after Terminate.</summary>
    public void TakeEnd(UCC_SESSION_ENTITY_STATE from = UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTED)
    {
        Events.TakeState(from, UCC_SESSION_ENTITY_STATE.UCCSES_DISCONNECTED);
        Events.Take("OnParticipantRemoved");
        Events.TakeSuccess("OnTerminate");
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
