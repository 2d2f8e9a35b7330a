using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Com.Tests.UccApi.Objects;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;
using ComIm.TestKit;

namespace ComIm.Com.Tests.UccApi.Expected;

/// <summary>What a conference consists of, and what becomes of who is in it.</summary>
public sealed class ConferenceViewTests : ConferencePeople
{
    private readonly TaskCompletionSource<Conversation> _atBob = new();

    private protected override void Watch(ImAccount bob) => bob.ConversationAdded += (_, e) => _atBob.TrySetResult(e.Conversation);

    [Fact]
    public void View_ComesAndGoesWithTheConference_AndFollowsIt()
    {
        var uri = Schedule();
        var session = (IUccConferenceSession)((IUccSessionManager)Alice.Endpoint).CreateSession(UCC_SESSION_TYPE.UCCST_CONFERENCE, null!);
        var view = (IUccConferenceView)session.Properties.get_Property((int)UCC_CONFERENCE_SESSION_PROPERTY.UCCCSPID_CONFERENCE_VIEW).Value;
        var events = new Recorder();
        events.Advise<_IUccConferenceEntityViewCollectionEvents>(view);
        var before = view.Entities.Count;

        session.Enter(uri, null!);
        var focus = events.Take("OnEntityViewAdded").As<IUccConferenceEntityViewCollectionEvent>().EntityView;
        var text = events.Take("OnEntityViewAdded").As<IUccConferenceEntityViewCollectionEvent>().EntityView;
        events.Advise<_IUccConferenceEntityViewEvents>(focus);
        session.SetProperty(UCC_CONFERENCE_SESSION_PROPERTY.UCCCSPID_LOCKED, true, null!);
        var update = events.Take("OnPropertyUpdated").As<IUccPropertyUpdateEvent>();
        var state = StateOf(focus);
        session.Leave(null!);

        Assert.Equal(0, before);
        Assert.Equal(
            (UCC_CONFERENCE_ENTITY_TYPE.UCCCET_CONTROL, UCC_CONFERENCE_ENTITY_TYPE.UCCCET_INSTANT_MESSAGING, uri.Value), (focus.Type, text.Type, text.Uri.Value));
        Assert.Equal(
            ((int)UCC_CONFERENCE_ENTITY_STATE_PROPERTY.UCCCESTP_LOCKED, false, true),
            (update.PropertyId, (bool)update.OldPropertyValue, (bool)update.NewPropertyValue));
        Assert.Equal("the plan", state.get_Property((int)UCC_CONFERENCE_ENTITY_STATE_PROPERTY.UCCCESTP_DISPLAY_TEXT).StringValue);
        Assert.Equal(1, state.get_Property((int)UCC_CONFERENCE_ENTITY_STATE_PROPERTY.UCCCESTP_USER_COUNT).NumericValue);
        RecordedEvent next;
        while ((next = events.Take()).Name == "OnPropertyUpdated")
        {
        }

        Assert.Same(focus, next.As<IUccConferenceEntityViewCollectionEvent>().EntityView);
        Assert.Same(text, events.Take("OnEntityViewRemoved").As<IUccConferenceEntityViewCollectionEvent>().EntityView);
        Assert.Equal(0, view.Entities.Count);
    }

    [Fact]
    public async Task Participant_IsSeenComingAndGoing_AndSoIsTheirEndpoint()
    {
        var uri = Schedule();
        var session = (IUccConferenceSession)((IUccSessionManager)Alice.Endpoint).CreateSession(UCC_SESSION_TYPE.UCCST_CONFERENCE, null!);
        var events = new Recorder();
        events.Advise<_IUccConferenceSessionEvents>(session);
        session.Enter(uri, null!);
        events.TakeSuccess("OnEnter");
        var bob = ((IUccSession)session).CreateParticipant(Uri("bob"), null!);
        var endpoint = bob.Endpoints[1];
        events.Advise<_IUccConferenceSessionParticipantEndpointEvents>(endpoint);

        ((IUccSession)session).AddParticipant(bob, null!);
        TakeState(events, UCC_SESSION_ENTITY_STATE.UCCSES_IDLE, UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTING);
        TakeState(events, UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTING, UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTED);
        await (await _atBob.Task.WaitAsync(Recorder.Patience)).LeaveAsync();

        TakeState(events, UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTED, UCC_SESSION_ENTITY_STATE.UCCSES_DISCONNECTED);
    }

    [Fact]
    public async Task WhoIsSentAway_HearsThatTheSessionIsOver()
    {
        var uri = Schedule();
        var session = (IUccConferenceSession)((IUccSessionManager)Alice.Endpoint).CreateSession(UCC_SESSION_TYPE.UCCST_CONFERENCE, null!);
        var events = new Recorder();
        events.Advise<_IUccConferenceSessionEvents>(session);
        events.Advise<_IUccSessionEvents>(session);
        session.Enter(uri, null!);
        events.TakeSuccess("OnEnter");
        var bob = ((IUccSession)session).CreateParticipant(Uri("bob"), null!);
        events.Advise<_IUccConferenceSessionParticipantEvents>(bob);
        ((IUccSession)session).AddParticipant(bob, null!);
        events.TakeSuccess("OnAddParticipant");
        ((IUccConferenceSessionParticipant)bob).SetProperty(
            UCC_CONFERENCE_PARTICIPANT_PROPERTY.UCCCPPID_ROLE, (int)UCC_CONFERENCE_PARTICIPANT_ROLE.UCCCPR_ADMIN, null!);
        TakeAmongUpdates(events, "OnSetProperty");

        await (await _atBob.Task.WaitAsync(Recorder.Patience)).RemoveParticipantAsync($"sip:alice@{TestServer.Domain}").WaitAsync(Recorder.Patience);

        TakeAmongUpdates(events, "OnTerminate");
        Failure.Is(UccHResults.UCC_E_INVALID_SESSION_STATE, () => ((IUccSession)session).Terminate(UCC_REJECT_OR_TERMINATE_REASON.UCCROTR_UNAVAILABLE, null!));
    }

    private static void TakeAmongUpdates(Recorder events, string name)
    {
        RecordedEvent taken;
        while ((taken = events.Take()).Name == "OnPropertyUpdated")
        {
        }

        Assert.Equal(name, taken.Name);
        Assert.Equal(0, taken.As<IUccOperationProgressEvent>().StatusCode);
    }

    private static void TakeState(Recorder events, UCC_SESSION_ENTITY_STATE from, UCC_SESSION_ENTITY_STATE to)
    {
        var data = events.Take("OnStateChanged").As<IUccConferenceSessionParticipantEndpointStateChangedEvent>();
        Assert.Equal((from, to), (data.OldState, data.NewState));
    }

    private static IUccReadOnlyPropertyCollection StateOf(IUccConferenceEntityView entity) =>
        (IUccReadOnlyPropertyCollection)entity.Properties.get_Property((int)UCC_CONFERENCE_ENTITY_PROPERTY.UCCCEP_STATE).Value;

    private static IUccUri Uri(string user) => ((IUccUriManager)new UccUriManager()).ParseUri($"sip:{user}@{TestServer.Domain}");

    private IUccUri Schedule()
    {
        var manager = ((IUccConferenceManager)Alice.Endpoint).CreateConferenceManagerSession(Uri("conference-factory"));
        Alice.Events.Advise<_IUccConferenceManagerSessionEvents>(manager);
        var information = manager.CreateConferenceInformation();
        information.Properties.AddProperty((int)UCC_CONFERENCE_INFORMATION_PROPERTY.UCCCIP_SUBJECT, "the plan");
        manager.ScheduleConference(information, null!);
        Alice.Events.TakeSuccess("OnScheduleConference");
        return information.ConferenceUri;
    }
}
