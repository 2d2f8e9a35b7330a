// story MODE SERVER USER@DOMAIN PASSWORD PEER TRANSPORT: what an application of the original does from its start to its
// end, once as the one who invites and once as the one invited. MODE is inproc or local, TRANSPORT a UCC_TRANSPORT_MODE.
// The peer answers with "You said: ...", types, and invites when the first session has ended.
#include "ucc-endpoint.h"

static Ref<IUccPlatform> platform;

static void advise_participant(IUccSessionParticipant *participant)
{
    VARIANT_BOOL local = VARIANT_TRUE;
    must("IsLocal", participant->get_IsLocal(&local));
    if (local == VARIANT_TRUE) return;
    advise<_IUccSessionParticipantEvents>(participant);
    advise<_IUccInstantMessagingSessionParticipantEvents>(participant);
}

// Participants are to be advised while their addition is told: the next event may be theirs.
static void print_event(const Event &event)
{
    printf("event: %ls", event.name.c_str());
    if (event.name == L"OnStateChanged")
    {
        UCC_SESSION_ENTITY_STATE before, after;
        auto data = event.as<IUccSessionParticipantStateChangedEvent>();
        data->get_OldState(&before);
        data->get_NewState(&after);
        printf(" %d to %d", before, after);
    }
    else if (event.name == L"OnParticipantAdded")
    {
        Ref<IUccSessionParticipant> added;
        must("Participant", event.as<IUccSessionParticipantCollectionEvent>()->get_Participant(&added));
        advise_participant(added);
    }
    printf("\n");
}

static Ref<IUccEndpoint> sign_in(wchar_t **argv)
{
    platform = create<IUccPlatform>(__uuidof(UccPlatform));
    advise<_IUccPlatformEvents>(platform);
    check("before Initialize", platform->Shutdown(nullptr) == static_cast<HRESULT>(0x80EE0025));
    must("Initialize", platform->Initialize(Text(L"story"), nullptr));
    Ref<IUccEndpoint> endpoint;
    std::wstring address = std::wstring(L"sip:") + argv[3];
    must("CreateEndpoint", platform->CreateEndpoint(
        UCCET_PRINCIPAL_SERVER_BASED, uri_of(address.c_str()), nullptr, nullptr, &endpoint));
    advise<_IUccEndpointEvents>(endpoint);
    advise<_IUccSessionManagerEvents>(endpoint);

    std::wstring user = std::wstring(argv[3]).substr(0, std::wstring(argv[3]).find(L'@'));
    set_server(endpoint, user.c_str(), argv[4], argv[2], static_cast<UCC_TRANSPORT_MODE>(_wtoi(argv[6])));
    set_modes(endpoint, UCCAM_DIGEST);

    Event enabled = must_enable(endpoint, operation(1));
    check("the operation of OnEnable", is_operation(enabled, 1));
    check("the source of OnEnable", enabled.source && cast<IUccEndpoint>(enabled.source));
    return cast<IUccEndpoint>(enabled.source);
}

static void advise_session(IUccSession *session)
{
    advise<_IUccSessionEvents>(session);
    advise<_IUccSessionParticipantCollectionEvents>(session);
    advise<_IUccInstantMessagingSessionEvents>(session);
}

static void send(IUccSession *session, const wchar_t *text, long id)
{
    auto messages = cast<IUccInstantMessagingSession>(session);
    must("SendMessage", messages->SendMessage(Text(L"text/plain"), Text(text), operation(id)));
    Event sent = wait_for(L"OnSendMessage");
    auto data = sent.as<IUccSessionOperationEvent>();
    Ref<IUccOperationContext> original;
    Ref<IUccCollection> results;
    long number = 0, count = 0;
    must("OriginalOperationContext", data->get_OriginalOperationContext(&original));
    check("the context of OnSendMessage", !original == !has_context(id));
    if (original) must("OperationId", original->get_OperationId(&number));
    must("ParticipantResults", data->get_ParticipantResults(&results));
    must("Count", results->get_Count(&count));
    check("the operation of OnSendMessage", (!original || number == id) && count == 1);
    HRESULT status = result_of(sent);
    check("the result of OnSendMessage", SUCCEEDED(status), status);
    printf("sent: %ls\n", text);
}

static void receive(const wchar_t *expected)
{
    Event received = wait_for(L"OnInstantMessageReceived");
    auto data = received.as<IUccIncomingInstantMessageEvent>();
    Text type, content, address;
    Ref<IUccSessionParticipantEndpoint> endpoint;
    Ref<IUccSessionParticipant> participant;
    Ref<IUccUri> uri;
    must("ContentType", data->get_ContentType(&type));
    must("Content", data->get_Content(&content));
    must("ParticipantEndpoint", data->get_ParticipantEndpoint(&endpoint));
    must("Participant", endpoint->get_Participant(&participant));
    must("Uri", participant->get_Uri(&uri));
    must("AddressOfRecord", uri->get_AddressOfRecord(&address));
    check("the type of a message", wcsncmp(type.c_str(), L"text/plain", 10) == 0);
    check("the text of a message", !wcsncmp(content.c_str(), expected, wcslen(expected)));
    printf("received: %ls: %ls\n", address.c_str(), expected);
}

static void invite(IUccEndpoint *endpoint, const wchar_t *peer)
{
    auto manager = cast<IUccSessionManager>(endpoint);
    auto context = create<IUccContext>(__uuidof(UccContext));
    Ref<IUccProperty> property;
    Text conversation(L"{6a4b1d9e-6d0c-4a3e-9f4e-2d3b5c7a8f10}");
    must("AddProperty", context->AddProperty(10000, variant_of(conversation), &property));
    Ref<IUccSession> session;
    must("CreateSession", manager->CreateSession(UCCST_INSTANT_MESSAGING, context, &session));
    wait_for(L"OnOutgoingSession");
    advise_session(session);
    Ref<IUccSessionParticipant> participant;
    must("CreateParticipant", session->CreateParticipant(uri_of(peer), nullptr, &participant));
    must("AddParticipant", session->AddParticipant(participant, operation(2)));

    // The local participant, then the other.
    wait_for(L"OnParticipantAdded");
    wait_for(L"OnParticipantAdded");
    Event connected = wait_for(L"OnAddParticipant");
    HRESULT status = status_of(connected);
    if (FAILED(status)) fail("OnAddParticipant", status);
    check("the operation of OnAddParticipant", is_operation(connected, 2));
    UCC_SESSION_ENTITY_STATE state;
    must("State", participant->get_State(&state));
    check("connected", state == UCCSES_CONNECTED, state);

    Ref<IUccSessionParticipant> third;
    must("CreateParticipant", session->CreateParticipant(uri_of(L"sip:carol@example.com"), nullptr, &third));
    HRESULT code = session->AddParticipant(third, nullptr);
    check("a third in a session of two", code == static_cast<HRESULT>(0x80EE005E), code);

    auto messages = cast<IUccInstantMessagingSession>(session);
    must("StartComposing", messages->StartComposing(nullptr));
    send(session, L"Hello from C++", 3);
    wait_for(L"OnComposing");
    receive(L"You said: Hello from C++");
    must("Terminate", session->Terminate(UCCROTR_DECLINE, operation(4)));
    Event ended = wait_for(L"OnTerminate");
    check("OnTerminate", status_of(ended) >= 0 && is_operation(ended, 4), status_of(ended));
    code = messages->SendMessage(Text(L"text/plain"), Text(L"too late"), nullptr);
    check("SendMessage after the end", code == static_cast<HRESULT>(0x80EE002A), code);
    printf("left\n");
}

static void answer()
{
    auto incoming = wait_for(L"OnIncomingSession", 60000).as<IUccIncomingSessionEvent>();
    Ref<IUccSession> session;
    Ref<IUccSessionParticipant> inviter;
    Ref<IUccCollection> participants;
    must("Session", incoming->get_Session(&session));
    must("Inviter", incoming->get_Inviter(&inviter));
    advise_session(session);
    must("Participants", session->get_Participants(&participants));
    long count = 0;
    must("Count", participants->get_Count(&count));
    check("two participants", count == 2, count);
    for (long i = 1; i <= count; i++)
    {
        VARIANT item;
        VariantInit(&item);
        must("Item", participants->get_Item(i, &item));
        advise_participant(cast<IUccSessionParticipant>(V_UNKNOWN(&item)));
        VariantClear(&item);
    }

    must("Accept", incoming->Accept());
    printf("accepted\n");
    receive(L"Hello from the peer");
    send(session, L"Hello back", 5);
    wait_for(L"OnTerminate");
    printf("the peer has left\n");
}

static void sign_out(IUccEndpoint *endpoint)
{
    must("Disable", endpoint->Disable(operation(6)));
    Event disabled = wait_for(L"OnDisable");
    check("OnDisable", status_of(disabled) >= 0 && is_operation(disabled, 6));
    HRESULT code = endpoint->Enable(nullptr);
    check("Enable after Disable", FAILED(code), code);
    must("Shutdown", platform->Shutdown(operation(7)));
    Event ended = wait_for(L"OnShutdown");
    check("OnShutdown", status_of(ended) >= 0 && is_operation(ended, 7));
    Ref<IUccEndpoint> another;
    code = platform->CreateEndpoint(UCCET_PRINCIPAL_SERVER_BASED, uri_of(L"sip:alice@example.com"), nullptr, nullptr, &another);
    check("CreateEndpoint after Shutdown", code == static_cast<HRESULT>(0x80EE0027), code);
}

int wmain(int argc, wchar_t **argv)
{
    program = "story";
    setvbuf(stdout, nullptr, _IONBF, 0);
    if (argc < 7) fail("the arguments are MODE SERVER USER@DOMAIN PASSWORD PEER TRANSPORT");
    where = wcscmp(argv[1], L"local") ? CLSCTX_INPROC_SERVER : CLSCTX_LOCAL_SERVER;
    CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED);
    on_event = print_event;
    auto endpoint = sign_in(argv);
    printf("signed in\n");
    invite(endpoint, argv[5]);
    answer();
    sign_out(endpoint);
    printf("story: done\n");
    return 0;
}
