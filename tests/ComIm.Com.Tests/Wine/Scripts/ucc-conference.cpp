// ucc-conference SERVER: an application that schedules a conference at the focus of alice's server, enters it, asks bob in, who answers in
// it and goes, and sees all that in the conference's view.
#include "ucc-used.h"

static Ref<IUccConferenceManagerSession> open_manager(IUccEndpoint *endpoint)
{
    Ref<IUccConferenceManagerSession> opened;
    must("CreateConferenceManagerSession",
        USE(IUccConferenceManager, endpoint)->CreateConferenceManagerSession(uri_of(L"sip:conference-factory@example.com"), &opened));
    auto manager = USE(IUccConferenceManagerSession, opened);
    advise<_IUccConferenceManagerSessionEvents>(manager);
    return manager;
}

static void expect(const wchar_t *name, HRESULT status = S_OK)
{
    HRESULT code = status_of(wait_for(name));
    if (code != status) printf("wrong: %ls (0x%08lx)\n", name, static_cast<unsigned long>(code));
}

static Ref<IUccConferenceInformation> schedule(IUccConferenceManagerSession *manager)
{
    Ref<IUccConferenceInformation> created;
    must("CreateConferenceInformation", manager->CreateConferenceInformation(&created));
    auto information = USE(IUccConferenceInformation, created);
    check("ConferenceId", !TEXT_OF(information, ConferenceId).empty());
    must("ConferenceKey", information->put_ConferenceKey(Text(L"key")));
    Ref<IUccProperty> subject;
    must("AddProperty", OBJECT(information, Properties)->AddProperty(UCCCIP_SUBJECT, variant_of(Text(L"the plan")), &subject));
    must("ScheduleConference", manager->ScheduleConference(information, nullptr));
    Event scheduled = WAIT(_IUccConferenceManagerSessionEvents, L"OnScheduleConference");
    check("OnScheduleConference", status_of(scheduled) == S_OK);
    auto properties = OBJECT(scheduled.as<IUccOperationProgressEvent>(), Properties);
    check("the URI", string_of(properties, UCCCMOCEP_CONFERENCE_URI) == TEXT_OF(OBJECT(information, ConferenceUri), Value));
    return information;
}

static void manage(IUccConferenceManagerSession *manager, IUccConferenceInformation *information)
{
    Text id;
    must("ConferenceId", information->get_ConferenceId(&id));
    must("GetConferenceList", manager->GetConferenceList(nullptr));
    auto properties = OBJECT(wait_for(L"OnGetConferenceList").as<IUccOperationProgressEvent>(), Properties);
    check("the list", count_of(cast<IUccCollection>(object_of(properties, UCCCMOCEP_CONFERENCE_LIST))) == 1);
    must("GetConference", manager->GetConference(id, nullptr));
    expect(L"OnGetConference");
    must("GetAvailableMcuList", manager->GetAvailableMcuList(nullptr));
    expect(L"OnGetAvailableMcuList");
    must("ModifyConference", manager->ModifyConference(information, nullptr));
    expect(L"OnModifyConference");
}

static void delete_conference(IUccConferenceManagerSession *manager, IUccConferenceInformation *information)
{
    Text id;
    must("ConferenceId", information->get_ConferenceId(&id));
    must("DeleteConference", manager->DeleteConference(id, nullptr));
    expect(L"OnDeleteConference");
    must("GetConference", manager->GetConference(id, nullptr));
    expect(L"OnGetConference", static_cast<HRESULT>(0x80EE00AF));
}

static Ref<IUccConferenceEntityView> enter(IUccConferenceSession *session, IUccConferenceInformation *information)
{
    auto properties = OBJECT(Ref<IUccConferenceSession>((session->AddRef(), session)), Properties);
    auto view = USE(IUccConferenceView, object_of(properties, UCCCSPID_CONFERENCE_VIEW));
    advise<_IUccConferenceEntityViewCollectionEvents>(view);
    check("no entities yet", count_of(OBJECT(view, Entities)) == 0);
    Ref<IUccUri> uri;
    must("ConferenceUri", information->get_ConferenceUri(&uri));
    must("Enter", session->Enter(uri, nullptr));
    check("OnEnter", status_of(WAIT(_IUccConferenceSessionEvents, L"OnEnter")) == S_OK);
    Event added = WAIT(_IUccConferenceEntityViewCollectionEvents, L"OnEntityViewAdded");
    wait_for(L"OnEntityViewAdded");
    auto data = DATA(IUccConferenceEntityViewCollectionEvent, added);
    auto entity = USE(IUccConferenceEntityView, OBJECT(data, EntityView));
    check("the entities", count_of(OBJECT(view, Entities)) == 2 && GET(entity, Type) == UCCCET_CONTROL);
    check("the entity's URI", TEXT_OF(OBJECT(entity, Uri), Value) == TEXT_OF(uri, Value));
    auto state = cast<IUccReadOnlyPropertyCollection>(object_of(OBJECT(entity, Properties), UCCCEP_STATE));
    check("the entity's text", string_of(state, UCCCESTP_DISPLAY_TEXT) == L"the plan");
    advise<_IUccConferenceEntityViewEvents>(entity);
    return entity;
}

static Ref<IUccPropertyUpdateEvent> wait_for_update(IUnknown *source, long id)
{
    for (;;)
    {
        Event event = wait_for(L"OnPropertyUpdated");
        auto update = DATA(IUccPropertyUpdateEvent, event);
        if (cast<IUnknown>(event.source) == cast<IUnknown>(source) && GET(update, PropertyId) == id) return update;
    }
}

static void lock_room(IUccConferenceSession *session, IUccConferenceEntityView *entity, bool locked)
{
    must("SetProperty", session->SetProperty(UCCCSPID_LOCKED, variant_of(locked), nullptr));
    VARIANT now = GET(wait_for_update(entity, UCCCESTP_LOCKED), NewPropertyValue);
    check("the lock in the view", V_VT(&now) == VT_BOOL && (V_BOOL(&now) == VARIANT_TRUE) == locked);
    used("_IUccConferenceEntityViewEvents");
    expect(L"OnSetProperty");
}

static void ask_bob_in(IUccSession *session)
{
    Ref<IUccSessionParticipant> created;
    must("CreateParticipant", session->CreateParticipant(uri_of(L"sip:bob@example.com"), nullptr, &created));
    auto bob = USE(IUccConferenceSessionParticipant, created);
    advise<_IUccConferenceSessionParticipantEvents>(bob);
    auto endpoint = USE(IUccConferenceSessionParticipantEndpoint, item_of(OBJECT(created, Endpoints), 1));
    advise<_IUccConferenceSessionParticipantEndpointEvents>(endpoint);
    must("AddParticipant", session->AddParticipant(created, nullptr));
    expect(L"OnAddParticipant");
    Event first = WAIT(_IUccConferenceSessionParticipantEndpointEvents, L"OnStateChanged");
    auto change = DATA(IUccConferenceSessionParticipantEndpointStateChangedEvent, first);
    check("the endpoint's way in", GET(change, OldState) == UCCSES_IDLE && GET(change, NewState) == UCCSES_CONNECTING);
    wait_for(L"OnStateChanged");
    check("the endpoint", GET(endpoint, State) == UCCSES_CONNECTED && GET(endpoint, Type) == UCCCET_INSTANT_MESSAGING);
    check("the endpoint's channels", count_of(OBJECT(endpoint, Channels)) == 0);
    check("the participant's address", string_of(OBJECT(bob, Properties), UCCCPPID_URI) == L"sip:bob@example.com");

    VARIANT role;
    VariantInit(&role);
    V_VT(&role) = VT_I4;
    V_I4(&role) = UCCCPR_ADMIN;
    must("SetProperty of a participant", bob->SetProperty(UCCCPPID_ROLE, role, nullptr));
    check("OnSetProperty", status_of(WAIT(_IUccConferenceSessionParticipantEvents, L"OnSetProperty")) == S_OK);
    wait_for_update(bob, UCCCPPID_ROLE);
}

static Ref<IUccSession> open_text(IUccEndpoint *endpoint, IUccConferenceSession *conference)
{
    auto context = create<IUccContext>(__uuidof(UccContext));
    Ref<IUccProperty> added;
    VARIANT value;
    VariantInit(&value);
    V_VT(&value) = VT_UNKNOWN;
    V_UNKNOWN(&value) = conference;
    must("AddProperty", context->AddProperty(UCCSC_ASSOCIATED_CONFERENCE_SESSION, value, &added));
    Ref<IUccSession> session;
    Ref<IUccSessionParticipant> room;
    must("CreateSession", cast<IUccSessionManager>(endpoint)->CreateSession(UCCST_INSTANT_MESSAGING, context, &session));
    advise<_IUccSessionEvents>(session);
    advise<_IUccInstantMessagingSessionEvents>(session);
    std::wstring uri = string_of(OBJECT(Ref<IUccConferenceSession>((conference->AddRef(), conference)), Properties), UCCCSPID_CONFERENCE_INSTANT_MESSAGING_URI);
    must("CreateParticipant", session->CreateParticipant(uri_of(uri.c_str()), nullptr, &room));
    advise<_IUccInstantMessagingSessionParticipantEvents>(room);
    must("AddParticipant", session->AddParticipant(room, nullptr));
    expect(L"OnAddParticipant");
    return session;
}

static void talk(IUccSession *text)
{
    must("SendMessage", cast<IUccInstantMessagingSession>(text)->SendMessage(Text(L"text/plain"), Text(L"hello room"), nullptr));
    wait_for(L"OnSendMessage");
    auto message = wait_for(L"OnInstantMessageReceived").as<IUccIncomingInstantMessageEvent>();
    check("what bob says", TEXT_OF(message, Content) == L"You said: hello room");
    check("who says it", TEXT_OF(OBJECT(OBJECT(message, ParticipantEndpoint), Uri), AddressOfRecord) == L"sip:bob@example.com");
    must("Terminate", text->Terminate(UCCROTR_UNAVAILABLE, nullptr));
    expect(L"OnTerminate");
}

int wmain(int, wchar_t **argv)
{
    return run("ucc-conference", [&] {
        make_platform(L"ucc-conference");
        auto endpoint = make_endpoint(argv[1], L"alice");
        must_enable(endpoint);
        auto manager = open_manager(endpoint);
        auto information = schedule(manager);
        manage(manager, information);

        Ref<IUccSession> session;
        must("CreateSession", cast<IUccSessionManager>(endpoint)->CreateSession(UCCST_CONFERENCE, nullptr, &session));
        advise<_IUccSessionEvents>(session);
        advise<_IUccSessionParticipantCollectionEvents>(session);
        advise<_IUccConferenceSessionEvents>(session);
        auto conference = USE(IUccConferenceSession, session);
        auto entity = enter(conference, information);
        lock_room(conference, entity, true);
        lock_room(conference, entity, false);
        auto text = open_text(endpoint, conference);
        ask_bob_in(session);
        talk(text);
        must("Leave", conference->Leave(nullptr));
        expect(L"OnLeave");
        wait_for(L"OnEntityViewRemoved");
        must("Terminate", session->Terminate(UCCROTR_UNAVAILABLE, nullptr));
        expect(L"OnTerminate");
        delete_conference(manager, information);
        shut_down();
    });
}
