using ComIm.Com.Interop;
using ComIm.Com.Tests.UccApi.Objects;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;
using ComIm.TestKit;

namespace ComIm.Com.Tests.UccApi.Sessions;

/// <summary>Messages and composing inside sessions.</summary>
public sealed class InstantMessagingTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [InlineData(UCC_TRANSPORT_MODE.UCCTM_UDP)]
    [InlineData(UCC_TRANSPORT_MODE.UCCTM_TCP)]
    public void Text_travels_both_ways_with_results(UCC_TRANSPORT_MODE transport)
    {
        var pair = new ConnectedSession(_server, transport);
        IUccOperationContext operation = new UccOperationContext();
        operation.Initialize(42, new UccContext());
        pair.Text.SendMessage("text/plain", "Grüße\r\n☃", operation);
        var received = pair.Bob.Events.TakeMessage("Grüße\r\n☃");
        Assert.Same(pair.AliceSeenByBob, received.Source);
        var data = received.As<IUccIncomingInstantMessageEvent>();
        Assert.Equal(("text/plain", "sip:alice@example.com"), (data.ContentType, data.ParticipantEndpoint.Participant.Uri.Value));
        Assert.False(data.IsBroadcast());
        Assert.Equal(42, pair.Alice.Events.TakeSent(0).OriginalOperationContext.OperationId);

        pair.BobsText.SendMessage("text/html", "<b>hello</b>", null!);
        Assert.Equal("text/html", pair.Alice.Events.TakeMessage("<b>hello</b>").As<IUccIncomingInstantMessageEvent>().ContentType);
        Assert.Null(pair.Bob.Events.TakeSent(0).OriginalOperationContext);

        pair.Text.SendMessage("application/x-chunk", "AAEC", null!);
        Assert.Equal("application/x-chunk", pair.Bob.Events.TakeMessage("AAEC").As<IUccIncomingInstantMessageEvent>().ContentType);
        pair.Alice.Events.TakeSent(0);
        Failure.Is(HResults.InvalidArgument, () => pair.Text.SendMessage("", "text", null!));
        Failure.Is(HResults.InvalidArgument, () => pair.Text.SendMessage("plain", "text", null!));
        pair.Close();
    }

    [Fact]
    public void Messages_sent_before_the_answer_wait_for_it_and_keep_their_order()
    {
        var alice = new UccPeer("alice", _server.Address).Enable();
        var bob = new UccPeer("bob", _server.Address).Enable();
        var session = alice.CreateSession();
        var text = (IUccInstantMessagingSession)session;
        Failure.Is(UccHResults.UCC_E_INVALID_SESSION_STATE, () => text.SendMessage("text/plain", "to nobody", null!));
        alice.Invite(session, "bob");
        for (var i = 0; i < 20; i++)
        {
            text.SendMessage("text/plain", $"number {i}", null!);
        }

        bob.TakeIncoming().Accept();
        alice.TakeConnected();
        for (var i = 0; i < 20; i++)
        {
            bob.Events.TakeMessage($"number {i}");
            alice.Events.TakeSent(0);
        }

        alice.Shutdown();
        bob.Shutdown();
    }

    [Fact]
    public void Messages_that_wait_fail_with_the_invitation()
    {
        var alice = new UccPeer("alice", _server.Address).Enable();
        var bob = new UccPeer("bob", _server.Address).Enable();
        var session = alice.CreateSession();
        alice.Invite(session, "bob");
        ((IUccInstantMessagingSession)session).SendMessage("text/plain", "never read", null!);
        bob.TakeIncoming().Reject(UCC_REJECT_OR_TERMINATE_REASON.UCCROTR_BUSY);
        alice.Events.TakeSent(UccHResults.UCC_E_SIP_CALL_DISCONNECTED);
        alice.Events.TakeState(UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTING, UCC_SESSION_ENTITY_STATE.UCCSES_DISCONNECTED);
        alice.Shutdown();
        bob.Shutdown();
    }

    [Theory]
    [InlineData(UCC_REJECT_OR_TERMINATE_REASON.UCCROTR_BUSY, UccHResults.UCC_E_SIP_STATUS_CLIENT_BUSY_HERE)]
    [InlineData(UCC_REJECT_OR_TERMINATE_REASON.UCCROTR_NOT_ACCEPTABLE, UccHResults.UCC_E_SIP_STATUS_NOT_ACCEPTABLE_HERE)]
    [InlineData(UCC_REJECT_OR_TERMINATE_REASON.UCCROTR_TIMEOUT, UccHResults.UCC_E_SIP_STATUS_CLIENT_TEMPORARILY_NOT_AVAILABLE)]
    public void Rejected_message_fails_at_its_sender(UCC_REJECT_OR_TERMINATE_REASON reason, int statusCode)
    {
        var pair = new ConnectedSession(_server);
        pair.Bob.Events.Reaction = e =>
        {
            if (e.Data is IUccIncomingInstantMessageEvent message)
            {
                message.Reject(reason);
            }
        };
        pair.Text.SendMessage("text/plain", "not wanted", null!);
        pair.Alice.Events.TakeSent(statusCode);
        var rejected = pair.Bob.Events.TakeMessage("not wanted").As<IUccIncomingInstantMessageEvent>();
        Failure.Is(UccHResults.UCC_E_INVALID_SESSION_STATE, rejected.Accept);

        // The session goes on.
        pair.Bob.Events.Reaction = null;
        pair.Text.SendMessage("text/plain", "wanted", null!);
        pair.Alice.Events.TakeSent(0);
        var accepted = pair.Bob.Events.TakeMessage("wanted").As<IUccIncomingInstantMessageEvent>();
        accepted.Accept();
        Failure.Is(UccHResults.UCC_E_INVALID_SESSION_STATE, () => accepted.Reject(reason));
        pair.Close();
    }

    [Fact]
    public void Handler_that_does_not_return_delays_its_sender_for_two_seconds_only()
    {
        var pair = new ConnectedSession(_server);
        using var release = new ManualResetEventSlim();
        pair.Bob.Events.Reaction = _ => release.Wait(Recorder.Patience);
        pair.Text.SendMessage("text/plain", "slow", null!);
        pair.Alice.Events.TakeSent(0);
        release.Set();
        var message = pair.Bob.Events.TakeMessage("slow").As<IUccIncomingInstantMessageEvent>();
        Failure.Is(UccHResults.UCC_E_INVALID_SESSION_STATE, () => message.Reject(default));
        pair.Close();
    }

    [Fact]
    public void Composing_is_seen_both_ways_and_ends_with_a_message()
    {
        var pair = new ConnectedSession(_server);
        pair.Text.StartComposing(null!);
        var composing = pair.Bob.Events.Take("OnComposing");
        Assert.Same(pair.AliceSeenByBob, composing.Source);
        var writer = (IUccInstantMessagingSessionParticipant)pair.AliceSeenByBob;
        Assert.Equal((true, "text/plain"), (writer.IsComposing, writer.ComposingContentType));
        Assert.Same(pair.AliceSeenByBob, composing.As<IUccInstantMessagingComposingEvent>().ParticipantEndpoint.Participant);
        pair.Text.StopComposing(null!);
        pair.Bob.Events.Take("OnIdle");
        Assert.False(writer.IsComposing);

        pair.BobsText.StartComposing(new UccContext());
        pair.Alice.Events.Take("OnComposing");
        pair.BobsText.SendMessage("text/plain", "done", null!);
        pair.Alice.Events.Take("OnIdle");
        pair.Alice.Events.TakeMessage("done");
        pair.Bob.Events.TakeSent(0);

        var idle = (IUccInstantMessagingSession)pair.Alice.CreateSession();
        Failure.Is(UccHResults.UCC_E_INVALID_SESSION_STATE, () => idle.StartComposing(null!));
        pair.Close();
    }

    [Fact]
    public void Message_to_a_session_that_nobody_listens_to_is_accepted()
    {
        var alice = new UccPeer("alice", _server.Address).Enable();
        var bob = new UccPeer("bob", _server.Address).Enable();
        var session = alice.CreateSession();
        alice.Invite(session, "bob");
        bob.Events.Take("OnIncomingSession").As<IUccIncomingSessionEvent>().Accept();
        alice.TakeConnected();
        ((IUccInstantMessagingSession)session).SendMessage("text/plain", "into the void", null!);
        alice.Events.TakeSent(0);
        alice.Shutdown();
        bob.Shutdown();
    }

    [Fact]
    public void Endpoints_of_a_participant_are_named_before_it_is_added()
    {
        var alice = new UccPeer("alice", _server.Address).Enable();
        var bob = new UccPeer("bob", _server.Address).Enable();
        var device = bob.Endpoint.Context.get_Property((int)UCC_SERVER_ENDPOINT_CONTEXT.UCCSEC_GRUU).StringValue;
        var session = alice.CreateSession();
        var participant = alice.CreateParticipant(session, "bob");
        IUccUriManager uris = new UccUriManager();
        var endpoint = participant.CreateParticipantEndpoint(uris.ParseUri(device), "desk", null!);
        participant.AddParticipantEndpoint(endpoint, null!);
        Assert.Same(endpoint, alice.Events.Take("OnEndpointAdded").As<IUccSessionParticipantEndpointCollectionEvent>().Endpoint);
        alice.Events.TakeSuccess("OnAddParticipantEndpoint");
        Failure.Is(UccHResults.UCC_E_ALREADY_EXIST, () => participant.AddParticipantEndpoint(participant.CopyParticipantEndpoint(endpoint, null!), null!));
        participant.RemoveParticipantEndpoint(endpoint, null!);
        alice.Events.Take("OnEndpointRemoved");
        alice.Events.TakeSuccess("OnRemoveParticipantEndpoint");
        Failure.Is(UccHResults.UCC_E_NOT_EXIST, () => participant.RemoveParticipantEndpoint(endpoint, null!));
        participant.AddParticipantEndpoint(endpoint, null!);
        alice.Events.Take("OnEndpointAdded");
        alice.Events.TakeSuccess("OnAddParticipantEndpoint");

        session.AddParticipant(participant, null!);
        bob.TakeIncoming().Accept();
        Failure.Is(UccHResults.UCC_E_SIP_PARTY_ALREADY_IN_SESSION, () => participant.AddParticipantEndpoint(endpoint, null!));
        alice.Shutdown();
        bob.Shutdown();
    }
}
