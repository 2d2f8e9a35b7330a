using ComIm.Com.TestClient.Original;

namespace ComIm.Com.TestClient;

/// <summary>The story as the pages tell it: OnEnable casts to the session manager, and so on.</summary>
public sealed class Chat
{
    private const int PrincipalServerBased = 1;
    private const int Digest = 2;
    private const int InstantMessaging = 0;
    private const int Decline = 603;
    private const int ConversationId = 10000;

    private readonly string[] _arguments;
    private IUccPlatform _platform;
    private IUccUriManager _uris;
    private IUccEndpoint _endpoint;
    private IUccSessionManager _sessions;
    private IUccSession _session;
    private bool _isAdded;
    private bool _isSent;
    private readonly Queue<string> _received = [];
    private bool _isTerminated;
    private bool _isInvited;
    private bool _isShutDown;

    /// <param name="arguments">SERVER ADDRESS PASSWORD PEER TRANSPORT.</param>
    public Chat(string[] arguments) => _arguments = arguments;

    public void Run()
    {
        _uris = Com.Create<IUccUriManager>(Classes.UccUriManager);
        _platform = Com.Create<IUccPlatform>(Classes.UccPlatform);
        Com.Advise<_IUccPlatformEvents>(_platform, new PlatformSink(this));
        _platform.Initialize("TestClient", null);
        SignIn();
        Pump.Until("OnEnable", () => _sessions != null);
        Console.WriteLine("signed in");

        Invite();
        Pump.Until("OnAddParticipant", () => _isAdded);
        ((IUccInstantMessagingSession)_session).SendMessage("text/plain", "Hello from C#", null);
        Pump.Until("OnSendMessage", () => _isSent);
        Console.WriteLine("sent: Hello from C#");
        Pump.Until("OnInstantMessageReceived", () => _received.Count > 0);
        Console.WriteLine(_received.Dequeue());
        _session.Terminate(Decline, null);
        Pump.Until("OnTerminate", () => _isTerminated);
        Console.WriteLine("left");

        (_isSent, _isTerminated) = (false, false);
        Pump.Until("OnIncomingSession", () => _isInvited);
        Console.WriteLine("accepted");
        Pump.Until("OnInstantMessageReceived", () => _received.Count > 0);
        Console.WriteLine(_received.Dequeue());
        ((IUccInstantMessagingSession)_session).SendMessage("text/plain", "Hello back", null);
        Pump.Until("OnSendMessage", () => _isSent);
        Console.WriteLine("sent: Hello back");
        Pump.Until("OnTerminate", () => _isTerminated);
        Console.WriteLine("the peer has left");
        _endpoint.Disable(null);
        _platform.Shutdown(null);
        Pump.Until("OnShutdown", () => _isShutDown);
    }

    internal void OnEnable(IUccEndpoint endpoint, IUccOperationProgressEvent progress)
    {
        Demand(progress);
        Com.Advise<_IUccSessionManagerEvents>(endpoint, new SessionManagerSink(this));
        _sessions = (IUccSessionManager)endpoint;
    }

    internal void OnShutdown() => _isShutDown = true;

    internal void OnIncomingSession(IUccIncomingSessionEvent incoming)
    {
        _session = incoming.get_Session();
        AdviseSession();
        Com.Advise<_IUccInstantMessagingSessionParticipantEvents>(incoming.get_Inviter(), new ParticipantSink(this));
        incoming.Accept();
        _isInvited = true;
    }

    internal void OnAddParticipant(IUccSession session, IUccOperationProgressEvent progress)
    {
        Demand(progress);
        Console.WriteLine($"operation {progress.get_OriginalOperationContext().get_OperationId()}, participants {session.get_Participants().get_Count()}");
        _isAdded = true;
    }

    internal void OnTerminate() => _isTerminated = true;

    internal void OnParticipantAdded(IUccSessionParticipantCollectionEvent added)
    {
        var participant = added.get_Participant();
        if (!participant.get_IsLocal())
        {
            Com.Advise<_IUccInstantMessagingSessionParticipantEvents>(participant, new ParticipantSink(this));
        }
    }

    internal void OnSendMessage() => _isSent = true;

    internal void OnInstantMessageReceived(IUccIncomingInstantMessageEvent message)
    {
        var from = message.get_ParticipantEndpoint().get_Participant().get_Uri().get_AddressOfRecord();

        // It may come while Accept is still under way: an apartment answers calls while it waits for one of its own.
        _received.Enqueue($"received: {from}: {message.get_Content().Trim()}");
    }

    internal static void Demand(IUccOperationProgressEvent progress)
    {
        var status = progress.get_StatusCode();
        if (!progress.get_IsComplete() || status < 0)
        {
            throw new InvalidOperationException($"0x{status:X8} {progress.get_StatusText()}");
        }
    }

    private static IUccOperationContext Operation(int id)
    {
        var operation = Com.Create<IUccOperationContext>(Classes.UccOperationContext);
        operation.Initialize(id, null);
        return operation;
    }

    private void SignIn()
    {
        _endpoint = _platform.CreateEndpoint(PrincipalServerBased, _uris.ParseUri("sip:" + _arguments[1]), null, null);
        Com.Advise<_IUccEndpointEvents>(_endpoint, new EndpointSink(this));
        var settings = (IUccServerSignalingSettings)_endpoint;
        var cache = settings.get_CredentialCache();
        cache.SetCredential("*", cache.CreateCredential(_arguments[1].Split('@')[0], _arguments[2], null));
        settings.set_AllowedAuthenticationModes(Digest);
        settings.set_Server(settings.CreateSignalingServer(_arguments[0], int.Parse(_arguments[4], System.Globalization.CultureInfo.InvariantCulture)));
        _endpoint.Enable(Operation(1));
    }

    private void Invite()
    {
        var context = Com.Create<IUccContext>(Classes.UccContext);
        context.AddProperty(ConversationId, "{6a4b1d9e-6d0c-4a3e-9f4e-2d3b5c7a8f10}");
        _session = _sessions.CreateSession(InstantMessaging, context);
        AdviseSession();
        _session.AddParticipant(_session.CreateParticipant(_uris.ParseUri(_arguments[3]), null), Operation(2));
    }

    private void AdviseSession()
    {
        Com.Advise<_IUccSessionEvents>(_session, new SessionSink(this));
        Com.Advise<_IUccSessionParticipantCollectionEvents>(_session, new RosterSink(this));
        Com.Advise<_IUccInstantMessagingSessionEvents>(_session, new MessagingSink(this));
    }
}
