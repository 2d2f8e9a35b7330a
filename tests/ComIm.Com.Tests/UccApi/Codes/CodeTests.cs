using System.Net;
using System.Net.Sockets;
using ComIm.Client;
using ComIm.Com.Tests.UccApi.Objects;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;
using ComIm.Com.UccApi.Objects.Conferences;
using ComIm.Com.UccApi.Objects.Sessions;
using ComIm.Server.Conferencing;
using ComIm.Sip.Transport;
using ComIm.TestKit;

namespace ComIm.Com.Tests.UccApi.Codes;

/// <summary>Failures that no other test meets on its way.</summary>
public sealed class CodeTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public void Second_participant_is_told_apart_while_the_first_is_on_its_way()
    {
        var alice = new UccPeer("alice", _server.Address).Enable();
        var bob = new UccPeer("bob", _server.Address).Enable();
        var session = alice.CreateSession();
        alice.Invite(session, "bob");
        var carol = alice.CreateParticipant(session, "carol");
        Failure.Is(UccHResults.UCC_E_SIP_OTHER_PARTY_JOIN_IN_PROGRESS, () => session.AddParticipant(carol, null!));
        bob.TakeIncoming().Accept();
        alice.TakeConnected();
        Failure.Is(UccHResults.UCC_E_SIP_ADDITIONAL_PARTY_IN_TWO_PARTY_SESSION, () => session.AddParticipant(carol, null!));
        alice.Shutdown();
        bob.Shutdown();
    }

    [Fact]
    public void Messages_that_wait_for_an_answer_are_bounded()
    {
        var alice = new UccPeer("alice", _server.Address).Enable();
        var bob = new UccPeer("bob", _server.Address).Enable();
        var session = alice.CreateSession();
        alice.Invite(session, "bob");
        bob.TakeIncoming();
        var text = (IUccInstantMessagingSession)session;
        for (var i = 0; i < UccInstantMessagingSession.MaxPending; i++)
        {
            text.SendMessage("text/plain", "waits", null!);
        }

        Failure.Is(UccHResults.UCC_E_MAX_PENDING_OPERATIONS, () => text.SendMessage("text/plain", "one too many", null!));
        bob.Shutdown();
        alice.Shutdown();
    }

    [Fact]
    public void Message_that_no_datagram_can_carry_says_so()
    {
        // Only where the other side listens at UDP alone; else such a message goes by TCP.
        var beneath = new SipTransportException("65,600 bytes", fault: SipTransportFault.TooLong);
        Assert.Equal(UccHResults.UCC_E_SIP_UDP_SIZE_EXCEEDED, UccFailures.Of(new ImException(ImError.NotAccepted, "It is too long.", inner: beneath)));
        Assert.Equal(UccHResults.UCC_E_SIP_CALL_DISCONNECTED, UccFailures.Of(new ImException(ImError.NotAccepted, "It is not taken.")));
    }

    [Fact]
    public void Display_name_stays_in_its_place()
    {
        IUccContext context = new UccContext();
        context.AddProperty((int)UCC_SERVER_ENDPOINT_CONTEXT.UCCSEC_DISPLAY_NAME, "Alice\r\nVia: x");
        IUccPlatform platform = new UccPlatform();
        platform.Initialize("tests", null!);
        IUccUriManager uris = new UccUriManager();
        var endpoint = platform.CreateEndpoint(UCC_ENDPOINT_TYPE.UCCET_PRINCIPAL_SERVER_BASED, uris.ParseUri("sip:alice@example.com"), null!, context);
        var settings = (IUccServerSignalingSettings)endpoint;
        settings.Server = settings.CreateSignalingServer(_server.Address, UCC_TRANSPORT_MODE.UCCTM_TCP);
        Failure.Is(UccHResults.UCC_E_INVALID_SIP_DISPLAY_NAME, () => endpoint.Enable(null!));
    }

    [Fact]
    public void Ports_lie_in_their_order()
    {
        var settings = (IUccMediaEndpointSettings)new UccPeer("alice", _server.Address).Endpoint;
        settings.SetMediaPortRange(100, 200);
        Failure.Is(UccHResults.UCC_E_INVALID_PORTRANGE, () => settings.SetMediaPortRange(200, 100));
    }

    [Fact]
    public void Server_that_speaks_no_tls_is_a_failure_of_tls()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var alice = new UccPeer("alice", taken.LocalEndPoint!.ToString()!, UCC_TRANSPORT_MODE.UCCTM_TLS);
        alice.Endpoint.Enable(null!);
        alice.Events.TakeResult("OnEnable", UccHResults.UCC_E_SIP_TLS_FAIL);
    }

    [Fact]
    public async Task Conferences_are_scheduled_once_and_are_bounded()
    {
        await using var server = await TestServer.StartAsync(
            conferences: new ConferenceOptions { MaxRoomsPerUser = 2 * ScheduledConferences.Capacity });
        var alice = new UccPeer("alice", server.Address).Enable();
        IUccUriManager uris = new UccUriManager();
        var manager = ((IUccConferenceManager)alice.Endpoint).CreateConferenceManagerSession(uris.ParseUri("sip:conference-factory@example.com"));
        alice.Events.Advise<_IUccConferenceManagerSessionEvents>(manager);
        var first = manager.CreateConferenceInformation();
        manager.ScheduleConference(first, null!);
        alice.Events.TakeSuccess("OnScheduleConference");
        Failure.Is(UccHResults.UCC_E_CONFERENCE_EXISTS_ALREADY, () => manager.ScheduleConference(first, null!));
        for (var i = 1; i < ScheduledConferences.Capacity; i++)
        {
            manager.ScheduleConference(manager.CreateConferenceInformation(), null!);
            alice.Events.TakeSuccess("OnScheduleConference");
        }

        manager.ScheduleConference(manager.CreateConferenceInformation(), null!);
        alice.Events.TakeResult("OnScheduleConference", UccHResults.UCC_E_MAX_CONFERENCES_EXCEEDED);
        alice.Shutdown();
    }

    [Fact]
    public async Task Subscription_that_is_given_up_before_its_answer_says_so()
    {
        // Somebody who takes a subscription and never says what became of it.
        await using var peer = new StatusPeer { LeavesSubscriptionsOpen = true };
        var alice = new UccPeer("alice", peer.Address).Enable();
        var subscription = ((IUccSubscriptionManager)alice.Endpoint).CreateSubscription(null!);
        alice.Events.Advise<_IUccSubscriptionEvents>(subscription);
        subscription.AddCategoryName("state");
        IUccUriManager uris = new UccUriManager();
        var bob = subscription.CreatePresentity(uris.ParseUri("sip:200@example.com"), null!);
        subscription.AddPresentity(bob);
        subscription.Subscribe(null!);
        subscription.Unsubscribe(null!);

        // The two operations end in no certain order.
        RecordedEvent[] ended = [alice.Events.Take(), alice.Events.Take()];
        Assert.Contains(ended, e => e.Name == "OnUnsubscribe");
        var answered = ended.Single(e => e.Name == "OnSubscribe").As<IUccSubscriptionEvent>();
        Assert.Equal(UccHResults.UCC_S_UNSUBSCRIBED_BY_USER, answered.GetOperationInfo(bob).StatusCode);
        alice.Shutdown();
    }
}
