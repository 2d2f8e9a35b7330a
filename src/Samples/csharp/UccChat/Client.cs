using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;

namespace ComIm.Samples.UccChat;

/// <summary>Signs in, and then begins a session or waits for one.</summary>
internal sealed class Client : _IUccPlatformEvents, _IUccEndpointEvents, _IUccSessionManagerEvents
{
    private readonly UccPlatform _platform = new();
    private readonly UccUriManager _uris = new();
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IUccEndpoint _endpoint;
    private readonly string? _peer;
    private readonly string? _text;
    private IUccSessionManager? _manager;
    private Conversation? _conversation;

    public Client(string server, string user, string password, string? peer, string? text)
    {
        (_peer, _text) = (peer, text);
        _platform.Initialize("ComIm UccChat sample", null!);
        Sinks.Advise<_IUccPlatformEvents>(_platform, this);
        _endpoint = _platform.CreateEndpoint(
            UCC_ENDPOINT_TYPE.UCCET_PRINCIPAL_SERVER_BASED, _uris.ParseUri("sip:" + user), null!, null!);
        Sinks.Advise<_IUccEndpointEvents>(_endpoint, this);

        var settings = (IUccServerSignalingSettings)_endpoint;
        settings.Server = settings.CreateSignalingServer(server, UCC_TRANSPORT_MODE.UCCTM_TCP);
        settings.AllowedAuthenticationModes = (int)UCC_AUTHENTICATION_MODES.UCCAM_DIGEST;
        settings.CredentialCache.SetCredential(
            UccConstants.UCC_REALM_ALL, settings.CredentialCache.CreateCredential(user.Split('@')[0], password, ""));
    }

    public bool HasFailed { get; private set; }

    /// <summary>Ends when the session is over.</summary>
    public Task RunAsync()
    {
        _endpoint.Enable(null!);
        return _done.Task;
    }

    public void OnEnable(IUccEndpoint pEventSource, IUccOperationProgressEvent pEventData)
    {
        if (!pEventData.IsComplete)
        {
            return;
        }

        if (pEventData.StatusCode < 0)
        {
            Console.WriteLine($"sign-in failed: 0x{pEventData.StatusCode:X8} {pEventData.StatusText}");
            HasFailed = true;
            _done.TrySetResult();
            return;
        }

        Console.WriteLine("signed in");
        _manager = (IUccSessionManager)pEventSource;
        Sinks.Advise<_IUccSessionManagerEvents>(_manager, this);
        if (_peer != null)
        {
            Invite(_peer);
        }
    }

    public void OnIncomingSession(IUccEndpoint pEventSource, IUccIncomingSessionEvent pEventData)
    {
        Console.WriteLine($"invited by {pEventData.Inviter.Uri.AddressOfRecord}");
        if (_conversation != null)
        {
            pEventData.Reject(UCC_REJECT_OR_TERMINATE_REASON.UCCROTR_BUSY);
            return;
        }

        // First listen, then accept: the first message may follow at once.
        _conversation = new Conversation(pEventData.Session, answers: true, OnEnded);
        _conversation.Listen(pEventData.Inviter);
        pEventData.Accept();
    }

    public void OnOutgoingSession(IUccEndpoint pEventSource, IUccOutgoingSessionEvent pEventData)
    {
    }

    public void OnDisable(IUccEndpoint pEventSource, IUccOperationProgressEvent pEventData)
    {
        Console.WriteLine("signed out");
        _platform.Shutdown(null!);
    }

    public void OnShutdown(IUccPlatform pEventSource, IUccOperationProgressEvent pEventData) => _done.TrySetResult();

    public void OnIpAddrChange(IUccPlatform pEventSource, object pEventData)
    {
    }

    private void Invite(string peer)
    {
        var context = new UccContext();
        context.AddNamedProperty("RemoteParticipant", peer);

        // Goes into the invitation: Communicator knows a conversation by it.
        context.AddProperty(10000, Guid.NewGuid().ToString());
        var session = _manager!.CreateSession(UCC_SESSION_TYPE.UCCST_INSTANT_MESSAGING, context);
        _conversation = new Conversation(session, answers: false, OnEnded);
        _conversation.AddParticipant(_uris.ParseUri("sip:" + peer));

        // Before the peer has answered: it is sent when the session is connected.
        _conversation.Say(_text!);
    }

    private void OnEnded(bool hasFailed)
    {
        HasFailed |= hasFailed;
        _endpoint.Disable(null!);
    }
}
