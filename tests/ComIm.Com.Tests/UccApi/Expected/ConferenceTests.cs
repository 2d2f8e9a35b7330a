using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;
using ComIm.TestKit;

namespace ComIm.Com.Tests.UccApi.Expected;

/// <summary>Conferences as the documentation tells them: schedule, enter, add, speak through a session of text, leave.</summary>
public sealed class ConferenceTests : ConferencePeople
{
    private readonly TaskCompletionSource<MessageReceivedEventArgs> _heardByBob = new();

    private protected override void Watch(ImAccount bob) => bob.MessageReceived += (_, e) => _heardByBob.TrySetResult(e);

    [Fact]
    public async Task Conference_IsScheduledEnteredAndSpokenIn()
    {
        var session = Enter(Schedule(out _), out var events);
        var bob = ((IUccSession)session).CreateParticipant(Uri("bob"), null!);
        ((IUccSession)session).AddParticipant(bob, null!);
        events.Take("OnParticipantAdded");
        events.TakeSuccess("OnAddParticipant");
        Assert.Equal(UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTED, bob.State);

        var text = OpenText(session, out var heard);
        text.SendMessage("text/plain", "hello room", null!);

        var message = await _heardByBob.Task.WaitAsync(Recorder.Patience);
        Assert.Equal(("hello room", $"sip:alice@{TestServer.Domain}"), (message.Message.Text, message.Message.From));
        heard.Take("OnSendMessage");
        await message.Conversation.SendAsync("hello alice");
        Assert.Equal("hello alice", TakeFromBob(text, heard).Content);
    }

    [Fact]
    public void Lock_IsSetAndUpdated()
    {
        var session = Enter(Schedule(out _), out var events);

        session.SetProperty(UCC_CONFERENCE_SESSION_PROPERTY.UCCCSPID_LOCKED, true, null!);

        var (first, second) = (events.Take(), events.Take());
        Assert.Equal(["OnPropertyUpdated", "OnSetProperty"], new[] { first.Name, second.Name }.Order());
        Assert.True((bool)session.Properties.get_Property((int)UCC_CONFERENCE_SESSION_PROPERTY.UCCCSPID_LOCKED).Value);
    }

    [Fact]
    public void Manager_ListsModifiesAndDeletes()
    {
        var information = Schedule(out var manager);
        manager.GetConferenceList(null!);
        var list = Property<IUccCollection>(
            Alice.Events.TakeSuccess("OnGetConferenceList"), UCC_CONFERENCE_MANAGER_OPERATION_COMPLETED_EVENT_PROPERTY.UCCCMOCEP_CONFERENCE_LIST);
        information.Properties.AddProperty((int)UCC_CONFERENCE_INFORMATION_PROPERTY.UCCCIP_SUBJECT, "another");
        manager.ModifyConference(information, null!);
        Alice.Events.TakeSuccess("OnModifyConference");
        manager.GetAvailableMcuList(null!);
        Alice.Events.TakeSuccess("OnGetAvailableMcuList");
        manager.DeleteConference(information.ConferenceId, null!);
        Alice.Events.TakeSuccess("OnDeleteConference");
        manager.GetConference(information.ConferenceId, null!);

        Assert.Same(information, list[1]);
        Alice.Events.TakeResult("OnGetConference", UccHResults.UCC_E_CONFERENCE_NOT_EXIST);
    }

    [Fact]
    public void Enter_OfAPerson_Fails()
    {
        var session = (IUccConferenceSession)((IUccSessionManager)Alice.Endpoint).CreateSession(UCC_SESSION_TYPE.UCCST_CONFERENCE, null!);
        var events = new Recorder();
        events.Advise<_IUccConferenceSessionEvents>(session);

        session.Enter(Uri("nobody"), null!);

        Assert.True(events.Take("OnEnter").As<IUccOperationProgressEvent>().StatusCode < 0);
    }

    [Fact]
    public void Leave_AndTerminate_TellTheirResults()
    {
        var session = Enter(Schedule(out _), out var events);

        session.Leave(null!);
        events.TakeSuccess("OnLeave");
        ((IUccSession)session).Terminate(UCC_REJECT_OR_TERMINATE_REASON.UCCROTR_NOT_SPECIFIED, null!);

        events.TakeSuccess("OnTerminate");
        Assert.Throws<HResultException>(() => ((IUccSession)session).Terminate(UCC_REJECT_OR_TERMINATE_REASON.UCCROTR_NOT_SPECIFIED, null!));
    }

    [Fact]
    public void WhatIsMedia_IsDisabled()
    {
        var session = Enter(Schedule(out _), out _);
        var local = (IUccConferenceSessionParticipant)((IUccSession)session).LocalParticipant;
        var endpoint = local.CreateParticipantEndpoint(Uri("alice"), "", UCC_CONFERENCE_ENTITY_TYPE.UCCCET_INSTANT_MESSAGING, null!);

        Assert.Equal(UccHResults.UCC_E_MEDIA_DISABLED, Assert.Throws<HResultException>(() => local.PlayRecordedName("", null!)).HResult);
        Assert.Equal(
            UccHResults.UCC_E_MEDIA_DISABLED,
            Assert.Throws<HResultException>(() => endpoint.CreateChannel(UCC_MEDIA_TYPES.UCCMT_AUDIO, null!)).HResult);
        Assert.Equal(0, endpoint.Channels.Count);
    }

    private static IUccUri Uri(string user) => ((IUccUriManager)new UccUriManager()).ParseUri($"sip:{user}@{TestServer.Domain}");

    private static T Property<T>(RecordedEvent recorded, UCC_CONFERENCE_MANAGER_OPERATION_COMPLETED_EVENT_PROPERTY id) =>
        (T)recorded.As<IUccOperationProgressEvent>().Properties.get_Property((int)id).Value;

    private static IUccIncomingInstantMessageEvent TakeFromBob(IUccInstantMessagingSession text, Recorder events)
    {
        RecordedEvent taken;
        while ((taken = events.Take()).Name != "OnInstantMessageReceived")
        {
        }

        var message = taken.As<IUccIncomingInstantMessageEvent>();
        Assert.Same(text, message.ParticipantEndpoint.Participant.Session);
        Assert.Equal(Uri("bob").Value, message.ParticipantEndpoint.Uri.Value);
        return message;
    }

    private IUccConferenceInformation Schedule(out IUccConferenceManagerSession manager)
    {
        manager = ((IUccConferenceManager)Alice.Endpoint).CreateConferenceManagerSession(Uri("conference-factory"));
        Alice.Events.Advise<_IUccConferenceManagerSessionEvents>(manager);
        var information = manager.CreateConferenceInformation();
        information.Properties.AddProperty((int)UCC_CONFERENCE_INFORMATION_PROPERTY.UCCCIP_SUBJECT, "the plan");
        manager.ScheduleConference(information, null!);
        var scheduled = Alice.Events.TakeSuccess("OnScheduleConference");
        Assert.Equal(
            information.ConferenceUri.Value,
            Property<string>(scheduled, UCC_CONFERENCE_MANAGER_OPERATION_COMPLETED_EVENT_PROPERTY.UCCCMOCEP_CONFERENCE_URI));
        return information;
    }

    private IUccConferenceSession Enter(IUccConferenceInformation information, out Recorder events)
    {
        var session = (IUccConferenceSession)((IUccSessionManager)Alice.Endpoint).CreateSession(UCC_SESSION_TYPE.UCCST_CONFERENCE, null!);
        events = new Recorder();
        events.Advise<_IUccConferenceSessionEvents>(session);
        events.Advise<_IUccSessionEvents>(session);
        events.Advise<_IUccSessionParticipantCollectionEvents>(session);
        session.Enter(information.ConferenceUri, null!);
        events.Take("OnParticipantAdded");
        events.TakeSuccess("OnEnter");
        return session;
    }

    private IUccInstantMessagingSession OpenText(IUccConferenceSession conference, out Recorder events)
    {
        IUccContext context = new UccContext();
        context.AddProperty((int)UCC_SESSION_CONTEXT.UCCSC_ASSOCIATED_CONFERENCE_SESSION, conference);
        var session = ((IUccSessionManager)Alice.Endpoint).CreateSession(UCC_SESSION_TYPE.UCCST_INSTANT_MESSAGING, context);
        var uri = (string)conference.Properties.get_Property((int)UCC_CONFERENCE_SESSION_PROPERTY.UCCCSPID_CONFERENCE_INSTANT_MESSAGING_URI).Value;
        var room = session.CreateParticipant(((IUccUriManager)new UccUriManager()).ParseUri(uri), null!);
        events = new Recorder();
        events.Advise<_IUccSessionEvents>(session);
        events.Advise<_IUccInstantMessagingSessionEvents>(session);
        events.Advise<_IUccSessionParticipantCollectionEvents>(session);
        events.Advise<_IUccInstantMessagingSessionParticipantEvents>(room);
        session.AddParticipant(room, null!);
        events.Take("OnParticipantAdded");
        events.Take("OnParticipantAdded");
        events.TakeSuccess("OnAddParticipant");
        return (IUccInstantMessagingSession)session;
    }
}
