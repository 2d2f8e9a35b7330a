using System.Runtime.InteropServices;
using System.Runtime.InteropServices.ComTypes;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;
using ComIm.TestKit;

namespace ComIm.Com.Tests.UccApi;

/// <summary>
/// The code of "Performing Essential Session Tasks" and "Conducting IM Conversations", step by step and in its words, where the
/// pages have any.
/// </summary>
public sealed class SeedPagesTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task The_pages_code_runs_as_it_stands()
    {
        var bob = new UccPeer("bob", _server.Address).Enable();
        var alice = new Application(_server.Address);
        await alice.IsEnabled.Task.WaitAsync(Recorder.Patience);

        alice.CreateSession();
        Assert.True(alice.AddParticipant((IUccUri)bob.Endpoint.Uri));
        var incoming = bob.TakeIncoming();
        Assert.Equal(alice.ConversationId, incoming.Session.Context.get_Property(10000).StringValue);
        incoming.Accept();
        Assert.Equal("session.AddParticipant", await alice.Added.Task.WaitAsync(Recorder.Patience));

        alice.SendMessage("Hello, Bob");
        bob.Events.TakeMessage("Hello, Bob");
        ((IUccInstantMessagingSession)incoming.Session).SendMessage("text/plain", "Hello, Alice", null!);
        Assert.Equal("Hello, Alice", await alice.Received.Task.WaitAsync(Recorder.Patience));
        bob.Shutdown();
    }

    /// <summary>What the pages' class members are; the numbers of their steps stand beside them.</summary>
    private sealed class Application : _IUccEndpointEvents, _IUccSessionManagerEvents, _IUccSessionEvents, _IUccSessionParticipantEvents, _IUccInstantMessagingSessionParticipantEvents
    {
        private readonly UccPlatform _platform = new();
        private IUccEndpoint? _endpoint;
        private IUccSessionManager? _manager;
        private IUccSession? _session;

        public Application(string server)
        {
            _platform.Initialize("seed pages", null!);
            _endpoint = _platform.CreateEndpoint(
                UCC_ENDPOINT_TYPE.UCCET_PRINCIPAL_SERVER_BASED, new UccUriManager().ParseUri("sip:alice@example.com"), null!, null!);
            UCC_Advise<_IUccEndpointEvents>(_endpoint, this);
            var settings = (_endpoint as IUccServerSignalingSettings)!;
            settings.CredentialCache.SetCredential("*", settings.CredentialCache.CreateCredential("alice", "secret-alice", "example.com"));
            settings.Server = settings.CreateSignalingServer(server, UCC_TRANSPORT_MODE.UCCTM_TCP);
            _endpoint.Enable(null!);
        }

        public TaskCompletionSource IsEnabled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<string> Added { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<string> Received { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string ConversationId { get; } = Guid.NewGuid().ToString();

        // Obtain IUccSessionManager from the enabled endpoint, and advise for its events.
        void _IUccEndpointEvents.OnEnable(IUccEndpoint pEventSource, IUccOperationProgressEvent pEventData)
        {
            // Is enable operation complete?
            if (pEventData.IsComplete)
            {
                // Is status OK?
                if (pEventData.StatusCode >= 0)
                {
                    // Cast session manager from SIP endpoint.
                    _manager = pEventSource as IUccSessionManager;
                    UCC_Advise<_IUccSessionManagerEvents>(_manager!, this);
                    IsEnabled.SetResult();
                }
                else
                {
                    _endpoint = null;
                    IsEnabled.SetException(new InvalidOperationException(pEventData.StatusText));
                }
            }
        }

        // Create an outgoing session, and advise for its events.
        public void CreateSession()
        {
            var sessionContext = new UccContext();
            sessionContext.AddNamedProperty("RemoteParticipant", "");
            sessionContext.AddProperty(10000, ConversationId);
            _session = _manager!.CreateSession(UCC_SESSION_TYPE.UCCST_INSTANT_MESSAGING, sessionContext);
            UCC_Advise<_IUccSessionEvents>(_session, this);
            Assert.NotNull(_session as IUccInstantMessagingSession);
        }

        // Invite a participant.
        public bool AddParticipant(IUccUri u)
        {
            try
            {
                var ctx = new UccContext();
                ctx.AddNamedProperty("Participant", u.User);
                ctx.AddNamedProperty("OpCaller", "session.AddParticipant");
                var p = _session!.CreateParticipant(u, ctx);
                UCC_Advise<_IUccSessionParticipantEvents>(p, this);
                UCC_Advise<_IUccInstantMessagingSessionParticipantEvents>(p, this);
                var operationContext = new UccOperationContext();
                operationContext.Initialize(1, ctx);
                _session.AddParticipant(p, operationContext);
                return true;
            }
            catch (COMException)
            {
                return false;
            }
        }

        public void SendMessage(string text) => (_session as IUccInstantMessagingSession)!.SendMessage("text/plain", text, null!);

        public void OnAddParticipant(IUccSession pEventSource, IUccOperationProgressEvent pEventData) =>
            Added.SetResult(pEventData.OriginalOperationContext.Context.get_NamedProperty("OpCaller").StringValue);

        public void OnInstantMessageReceived(IUccInstantMessagingSessionParticipant pEventSource, IUccIncomingInstantMessageEvent pEventData) =>
            Received.SetResult(pEventData.Content);

        public void OnDisable(IUccEndpoint pEventSource, IUccOperationProgressEvent pEventData)
        {
        }

        public void OnIncomingSession(IUccEndpoint pEventSource, IUccIncomingSessionEvent pEventData)
        {
        }

        public void OnOutgoingSession(IUccEndpoint pEventSource, IUccOutgoingSessionEvent pEventData)
        {
        }

        public void OnRemoveParticipant(IUccSession pEventSource, IUccOperationProgressEvent pEventData)
        {
        }

        public void OnTerminate(IUccSession pEventSource, IUccOperationProgressEvent pEventData)
        {
        }

        public void OnStateChanged(IUccSessionParticipant pEventSource, IUccSessionParticipantStateChangedEvent pEventData)
        {
        }

        public void OnAddParticipantEndpoint(IUccSessionParticipant pEventSource, IUccOperationProgressEvent pEventData)
        {
        }

        public void OnRemoveParticipantEndpoint(IUccSessionParticipant pEventSource, IUccOperationProgressEvent pEventData)
        {
        }

        public void OnComposing(IUccInstantMessagingSessionParticipant pEventSource, IUccInstantMessagingComposingEvent pEventData)
        {
        }

        public void OnIdle(IUccInstantMessagingSessionParticipant pEventSource, IUccInstantMessagingComposingEvent pEventData)
        {
        }

        private static void UCC_Advise<T>(object source, T sink)
            where T : class
        {
            var id = typeof(T).GUID;
            ((IConnectionPointContainer)source).FindConnectionPoint(ref id, out var point);
            point!.Advise(sink, out _);
        }
    }
}
