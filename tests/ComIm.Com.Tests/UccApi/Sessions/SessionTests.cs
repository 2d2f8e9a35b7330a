using ComIm.Com.Interop;
using ComIm.Com.Tests.UccApi.Objects;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;
using ComIm.TestKit;

namespace ComIm.Com.Tests.UccApi.Sessions;

/// <summary>Sessions from CreateSession to OnTerminate between two endpoints of this API, and the order of their events.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private const UCC_SESSION_ENTITY_STATE Connecting = UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTING;
    private const UCC_SESSION_ENTITY_STATE Disconnected = UCC_SESSION_ENTITY_STATE.UCCSES_DISCONNECTED;

    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [InlineData(UCC_TRANSPORT_MODE.UCCTM_UDP)]
    [InlineData(UCC_TRANSPORT_MODE.UCCTM_TCP)]
    public void Session_from_invitation_to_end_tells_events_in_the_documented_order(UCC_TRANSPORT_MODE transport)
    {
        var alice = new UccPeer("alice", _server.Address, transport).Enable();
        var bob = new UccPeer("bob", _server.Address, transport).Enable();
        var conversation = Guid.NewGuid().ToString();
        var session = alice.CreateSession(conversation);
        Assert.Equal((1, true), (session.Participants.Count, session.LocalParticipant.IsLocal));
        IUccOperationContext operation = new UccOperationContext();
        operation.Initialize(1, null!);

        var invited = alice.Invite(session, "bob", operation);
        Assert.Equal(Connecting, invited.State);
        Assert.Same(invited, session.Participants[session.Participants.Count]);

        var incoming = bob.TakeIncoming();
        Assert.Equal(2, incoming.Session.Participants.Count);
        Assert.Equal("sip:alice@example.com", incoming.Inviter.Uri.Value);
        Assert.Equal(UCC_SOURCE_NETWORK_TYPE.UCCSNT_COMPANY, incoming.SourceType);
        Assert.Equal(conversation, incoming.Session.Context.get_Property(10000).StringValue);
        incoming.Accept();

        var connected = alice.Events.TakeState(Connecting, UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTED);
        Assert.Equal(UCC_PARTICIPANT_STATE_CHANGE_REASON.UCCPSCR_NORMAL, connected.As<IUccSessionParticipantStateChangedEvent>().Reason);
        Assert.Same(operation, alice.Events.TakeSuccess("OnAddParticipant").As<IUccOperationProgressEvent>().OriginalOperationContext);

        session.Terminate(UCC_REJECT_OR_TERMINATE_REASON.UCCROTR_DECLINE, operation);
        alice.Events.TakeState(UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTED, Disconnected);
        alice.Events.Take("OnParticipantRemoved");
        Assert.Same(operation, alice.Events.TakeSuccess("OnTerminate").As<IUccOperationProgressEvent>().OriginalOperationContext);
        bob.TakeEnd();
        Failure.Is(UccHResults.UCC_E_INVALID_SESSION_STATE, () => session.Terminate(default, null!));
        Failure.Is(UccHResults.UCC_E_INVALID_SESSION_STATE, () => incoming.Session.CreateParticipant(incoming.Inviter.Uri, null!));
        alice.Shutdown();
        bob.Shutdown();
        Assert.True(alice.Events.IsEmpty && bob.Events.IsEmpty);
    }

    [Theory]
    [InlineData(UCC_REJECT_OR_TERMINATE_REASON.UCCROTR_BUSY, UccHResults.UCC_E_SIP_STATUS_CLIENT_BUSY_HERE)]
    [InlineData(UCC_REJECT_OR_TERMINATE_REASON.UCCROTR_DECLINE, UccHResults.UCC_E_SIP_STATUS_GLOBAL_DECLINE)]
    [InlineData(UCC_REJECT_OR_TERMINATE_REASON.UCCROTR_NOT_SPECIFIED, UccHResults.UCC_E_SIP_STATUS_GLOBAL_DECLINE)]
    [InlineData(UCC_REJECT_OR_TERMINATE_REASON.UCCROTR_UNAVAILABLE, UccHResults.UCC_E_SIP_STATUS_CLIENT_TEMPORARILY_NOT_AVAILABLE)]
    [InlineData(UCC_REJECT_OR_TERMINATE_REASON.UCCROTR_DECLINE_EVERYWHERE, UccHResults.UCC_E_SIP_STATUS_GLOBAL_DECLINE_EVERYWHERE)]
    public void Refusal_comes_back_with_its_status(UCC_REJECT_OR_TERMINATE_REASON reason, int statusCode)
    {
        var alice = new UccPeer("alice", _server.Address).Enable();
        var bob = new UccPeer("bob", _server.Address).Enable();
        var session = alice.CreateSession();
        alice.Invite(session, "bob");
        var incoming = bob.TakeIncoming();
        incoming.Reject(reason);
        TakeRefusal(alice, statusCode);
        Failure.Is(UccHResults.UCC_E_INVALID_SESSION_STATE, incoming.Accept);

        // The session is as it was, and somebody else may be asked.
        var again = alice.CreateParticipant(session, "bob");
        session.AddParticipant(again, null!);
        alice.Events.Take("OnParticipantAdded");
        alice.Shutdown();
        bob.Shutdown();
    }

    [Fact]
    public void Nobody_of_that_name_is_404()
    {
        var alice = new UccPeer("alice", _server.Address).Enable();
        alice.Invite(alice.CreateSession(), "nobody");
        TakeRefusal(alice, UccHResults.UCC_E_SIP_STATUS_CLIENT_NOT_FOUND);
        alice.Shutdown();
    }

    [Fact]
    public void Accept_after_the_inviter_gave_up_fails()
    {
        var alice = new UccPeer("alice", _server.Address).Enable();
        var bob = new UccPeer("bob", _server.Address).Enable();
        var session = alice.CreateSession();
        alice.Invite(session, "bob");
        var incoming = bob.TakeIncoming();
        session.Terminate(UCC_REJECT_OR_TERMINATE_REASON.UCCROTR_NOT_SPECIFIED, null!);
        alice.Events.TakeState(Connecting, Disconnected);
        alice.Events.TakeResult("OnAddParticipant", UccHResults.UCC_E_REQUEST_CANCELLED);
        alice.Events.Take("OnParticipantRemoved");
        alice.Events.TakeSuccess("OnTerminate");

        bob.TakeEnd(Connecting);
        Failure.Is(UccHResults.UCC_E_INVALID_SESSION_STATE, incoming.Accept);
        Failure.Is(UccHResults.UCC_E_INVALID_SESSION_STATE, () => incoming.Reject(default));
        alice.Shutdown();
        bob.Shutdown();
    }

    [Fact]
    public void A_session_has_one_remote_participant()
    {
        var pair = new ConnectedSession(_server);
        var carol = pair.Alice.CreateParticipant(pair.Session, "carol");
        Failure.Is(UccHResults.UCC_E_SIP_ADDITIONAL_PARTY_IN_TWO_PARTY_SESSION, () => pair.Session.AddParticipant(carol, null!));
        Failure.Is(UccHResults.UCC_E_SIP_PARTY_ALREADY_IN_SESSION, () => pair.Session.AddParticipant(pair.BobSeenByAlice, null!));
        Failure.Is(UccHResults.UCC_E_SIP_PARTY_ALREADY_IN_SESSION, () => pair.Session.AddParticipant(pair.Session.LocalParticipant, null!));
        Failure.Is(UccHResults.UCC_E_ENDPOINT_INVALID_SESSION_PARTY, () => pair.Alice.CreateSession().AddParticipant(pair.BobSeenByAlice, null!));
        Failure.Is(HResults.InvalidArgument, () => pair.Session.AddParticipant(null!, null!));
        Failure.Is(UccHResults.UCC_E_NOT_EXIST, () => pair.Session.RemoveParticipant(carol, null!));
        Failure.Is(UccHResults.UCC_E_NOT_ALLOWED, () => pair.Session.RemoveParticipant(pair.Session.LocalParticipant, null!));
        pair.Close();
    }

    [Fact]
    public void Removed_participant_leaves_the_session_open()
    {
        var pair = new ConnectedSession(_server);
        pair.Session.RemoveParticipant(pair.BobSeenByAlice, null!);
        pair.Alice.Events.TakeState(UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTED, Disconnected);
        pair.Alice.Events.Take("OnParticipantRemoved");
        pair.Alice.Events.TakeSuccess("OnRemoveParticipant");
        pair.Bob.TakeEnd();
        Assert.Equal(1, pair.Session.Participants.Count);
        Failure.Is(UccHResults.UCC_E_INVALID_SESSION_STATE, () => pair.Text.SendMessage("text/plain", "anybody?", null!));

        pair.Session.AddParticipant(pair.Alice.CreateParticipant(pair.Session, "bob"), null!);
        pair.Alice.Events.Take("OnParticipantAdded");
        pair.Alice.Events.TakeState(UCC_SESSION_ENTITY_STATE.UCCSES_IDLE, Connecting);
        pair.Bob.TakeIncoming().Accept();
        pair.Alice.TakeConnected();
        pair.Close();
    }

    [Fact]
    public void Sessions_with_one_peer_are_several_and_apart()
    {
        var pair = new ConnectedSession(_server);
        var second = pair.Alice.CreateSession();
        pair.Alice.Invite(second, "bob");
        var incoming = pair.Bob.TakeIncoming();
        incoming.Accept();
        pair.Alice.TakeConnected();
        pair.Text.SendMessage("text/plain", "in the first", null!);
        Assert.Same(pair.AliceSeenByBob, pair.Bob.Events.TakeMessage("in the first").Source);
        pair.Alice.Events.TakeSent(0);
        ((IUccInstantMessagingSession)second).SendMessage("text/plain", "in the second", null!);
        Assert.Same(incoming.Inviter, pair.Bob.Events.TakeMessage("in the second").Source);
        pair.Alice.Events.TakeSent(0);

        // The other side may begin one at the same time.
        var third = pair.Bob.CreateSession();
        pair.Bob.Invite(third, "alice");
        pair.Alice.TakeIncoming().Accept();
        pair.Bob.TakeConnected();
        pair.Close();
    }

    [Fact]
    public void Redirected_invitation_follows_unless_told_not_to()
    {
        var alice = new UccPeer("alice", _server.Address).Enable();
        var bob = new UccPeer("bob", _server.Address).Enable();
        var carol = new UccPeer("carol", _server.Address).Enable();
        alice.Invite(alice.CreateSession(), "bob");
        IUccPropertyCollection targets = new UccPropertyCollection();
        Failure.Is(HResults.InvalidArgument, () => bob.Events.Take("OnIncomingSession").As<IUccIncomingSessionEvent>()
            .Redirect(UCC_SESSION_REDIRECT_METHOD.UCCSRM_CLIENT_REDIRECT, targets));
        targets.AddNamedProperty("carol", "sip:carol@example.com");

        alice.Invite(alice.CreateSession(), "bob");
        bob.TakeIncoming().Redirect(UCC_SESSION_REDIRECT_METHOD.UCCSRM_CLIENT_REDIRECT, targets);
        carol.TakeIncoming().Accept();
        alice.TakeConnected();

        IUccContext context = new UccContext();
        context.AddProperty((int)UCC_SESSION_CONTEXT.UCCSC_DISABLE_AUTOMATIC_REDIRECT, true);
        var strict = ((IUccSessionManager)alice.Endpoint).CreateSession(UCC_SESSION_TYPE.UCCST_INSTANT_MESSAGING, context);
        alice.Events.Take("OnOutgoingSession");
        alice.Events.AdviseAll(strict);
        alice.Invite(strict, "bob");
        bob.TakeIncoming().Redirect(UCC_SESSION_REDIRECT_METHOD.UCCSRM_CLIENT_REDIRECT, targets);
        alice.Events.TakeState(Connecting, Disconnected);
        var refused = alice.Events.TakeResult("OnAddParticipant", UccHResults.UCC_E_SIP_STATUS_REDIRECT_MOVED_TEMPORARILY);
        var found = refused.As<IUccOperationProgressEvent>().Properties
            .get_Property((int)UCC_OPERATION_PROGRESS_EVENT_CONTEXT.UCCOPEC_REDIRECT_TARGETS).ObjectValue;
        Assert.Equal("sip:carol@example.com", ((IUccUri)((IUccCollection)found)[1]).Value);
        alice.Shutdown();
        bob.Shutdown();
        carol.Shutdown();
    }

    [Fact]
    public void What_cannot_be_a_session_is_refused()
    {
        var alice = new UccPeer("alice", _server.Address);
        var manager = (IUccSessionManager)alice.Endpoint;
        Failure.Is(UccHResults.UCC_E_INVALID_REGISTRATION_STATE, () => manager.CreateSession(UCC_SESSION_TYPE.UCCST_INSTANT_MESSAGING, null!));
        alice.Enable();
        Failure.Is(UccHResults.UCC_E_MEDIA_DISABLED, () => manager.CreateSession(UCC_SESSION_TYPE.UCCST_AUDIO_VIDEO, null!));
        Failure.Is(UccHResults.UCC_E_INVALID_SESSION_TYPE, () => manager.CreateSession((UCC_SESSION_TYPE)9, null!));
        IUccContext context = new UccContext();
        context.AddProperty(10000, 5);
        Failure.Is(HResults.TypeMismatch, () => manager.CreateSession(UCC_SESSION_TYPE.UCCST_INSTANT_MESSAGING, context));
        context.AddProperty(10000, "x\r\nVia: y");
        Failure.Is(HResults.InvalidArgument, () => manager.CreateSession(UCC_SESSION_TYPE.UCCST_INSTANT_MESSAGING, context));

        var session = alice.CreateSession();
        IUccUriManager uris = new UccUriManager();
        Failure.Is(HResults.InvalidArgument, () => session.CreateParticipant(null!, null!));
        Failure.Is(UccHResults.UCC_E_INVALID_SIP_URL, () => session.CreateParticipant(uris.ParseUri("sip:example.com"), null!));
        Failure.Is(UccHResults.UCC_E_INVALID_SIP_URL, () => session.CreateParticipant(uris.ParseUri("tel:+15551234"), null!));
        Failure.Is(UccHResults.UCC_E_NOT_ALLOWED, () => ((IUccSessionCallControl)session).BlindTransfer(null!, null!));
        session.Terminate(default, null!);
        alice.Events.TakeSuccess("OnTerminate");
        alice.Shutdown();
    }

    [Fact]
    public void Nothing_works_after_disable_and_after_shutdown()
    {
        var pair = new ConnectedSession(_server);
        pair.Alice.Endpoint.Disable(null!);
        pair.Alice.TakeEnd();
        pair.Alice.Events.TakeSuccess("OnDisable");
        pair.Bob.TakeEnd();
        Failure.Is(UccHResults.UCC_E_INVALID_REGISTRATION_STATE, () => pair.Text.SendMessage("text/plain", "late", null!));
        Failure.Is(UccHResults.UCC_E_INVALID_REGISTRATION_STATE, () => pair.Session.AddParticipant(pair.BobSeenByAlice, null!));
        Failure.Is(UccHResults.UCC_E_INVALID_SESSION_STATE, () => pair.Session.Terminate(default, null!));
        pair.Alice.Shutdown();
        Failure.Is(UccHResults.UCC_E_PLATFORM_ALREADY_SHUT_DOWN, () => pair.Text.SendMessage("text/plain", "late", null!));
        Failure.Is(UccHResults.UCC_E_PLATFORM_ALREADY_SHUT_DOWN, () => pair.Session.Terminate(default, null!));
        pair.Bob.Shutdown();
    }

    private static void TakeRefusal(UccPeer inviter, int statusCode)
    {
        var state = inviter.Events.TakeState(Connecting, Disconnected);
        Assert.Equal(statusCode, ((IUccOperationProgressEvent)state.Data).StatusCode);
        inviter.Events.TakeResult("OnAddParticipant", statusCode);
        inviter.Events.Take("OnParticipantRemoved");
    }
}
