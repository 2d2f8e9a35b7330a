// failures SERVER DOOMED SILENT UNUSED SIGNAL: what goes wrong for an application of the original, one case a line:
// "name|code|events|words". The code is that of the call, or of the event that ends the operation; the events are those of the
// session, with their states, operations and codes. SERVER has the peers that FailurePeers makes, DOOMED goes away when bob is
// told "farewell" there and SIGNAL exists from then on, SILENT takes everything and answers nothing, nobody listens at UNUSED.
#include "ucc-endpoint.h"

static wchar_t **arguments;
static Ref<IUccPlatform> platform;
static Ref<IUccEndpoint> alice;
static std::string told;
static std::function<void(const Event &)> reaction;
static long last_operation = 100;

enum { Server = 1, Doomed, Silent, Unused, Signal };

static std::string hex(HRESULT code)
{
    char text[9];
    snprintf(text, sizeof text, "%08lX", static_cast<unsigned long>(code));
    return text;
}

// The sentence of the last failure, or what an event says.
static void report(const char *name, HRESULT code, const std::wstring &words)
{
    printf("%s|%s|%s|%ls\n", name, hex(code).c_str(), told.c_str(), words.c_str());
    told.clear();
}

static void refused(const char *name, HRESULT code)
{
    std::wstring words = error_text();
    told.clear();
    report(name, code, words);
}

static void advise_participant(IUccSessionParticipant *participant)
{
    advise<_IUccSessionParticipantEvents>(participant);
    advise<_IUccInstantMessagingSessionParticipantEvents>(participant);
}

static void advise_session(IUccSession *session)
{
    advise<_IUccSessionEvents>(session);
    advise<_IUccSessionParticipantCollectionEvents>(session);
    advise<_IUccInstantMessagingSessionEvents>(session);
}

static void note(const Event &event)
{
    if (event.name == L"OnStateChanged")
    {
        UCC_SESSION_ENTITY_STATE before, after;
        HRESULT status = E_FAIL;
        auto data = event.as<IUccSessionParticipantStateChangedEvent>();
        must("OldState", data->get_OldState(&before));
        must("NewState", data->get_NewState(&after));
        must("StatusCode", event.as<IUccOperationProgressEvent>()->get_StatusCode(&status));
        told += std::to_string(before) + ">" + std::to_string(after) + (FAILED(status) ? "(" + hex(status) + ") " : " ");
    }
    else if (event.name == L"OnParticipantAdded") told += "added ";
    else if (event.name == L"OnParticipantRemoved") told += "removed ";
    else if (event.name == L"OnAddParticipant" || event.name == L"OnTerminate")
    {
        told += event.name == L"OnTerminate" ? "terminated" : "result";
        told += operation_of(event) == last_operation ? " of mine " : " ";
    }
    if (reaction) reaction(event);
}

static Event wait_for_operation(const wchar_t *name, long id)
{
    auto found = events.end();
    bool came = pump_until([&] {
        for (found = events.begin(); found != events.end(); ++found)
        {
            if (found->name == name && operation_of(*found) == id) return true;
        }
        return false;
    }, 60000);
    if (!came) fail("an event of an operation did not come");
    Event result = *found;
    events.erase(found);
    return result;
}

static std::wstring words_of(const Event &event)
{
    Text words;
    must("StatusText", event.as<IUccOperationProgressEvent>()->get_StatusText(&words));
    return words.c_str();
}

static Ref<IUccEndpoint> make(const wchar_t *user, const wchar_t *password, const wchar_t *address, UCC_TRANSPORT_MODE transport = UCCTM_TCP)
{
    Ref<IUccEndpoint> endpoint;
    must("CreateEndpoint", platform->CreateEndpoint(
        UCCET_PRINCIPAL_SERVER_BASED, uri_of((std::wstring(L"sip:") + user + L"@example.com").c_str()), nullptr, nullptr, &endpoint));
    advise<_IUccEndpointEvents>(endpoint);
    advise<_IUccSessionManagerEvents>(endpoint);
    set_server(endpoint, user, password, address, transport);
    set_modes(endpoint, UCCAM_DIGEST);
    return endpoint;
}

static HRESULT begin_enable(IUccEndpoint *endpoint) { return endpoint->Enable(operation(++last_operation)); }

static void take_enabled(const char *name, long id)
{
    Event enabled = wait_for_operation(L"OnEnable", id);
    told.clear();
    report(name, status_of(enabled), words_of(enabled));
}

static Ref<IUccEndpoint> enable(const char *name, Ref<IUccEndpoint> endpoint)
{
    must("Enable", begin_enable(endpoint));
    take_enabled(name, last_operation);
    return endpoint;
}

static void misuse_before_initialize()
{
    Ref<IUccEndpoint> none;
    refused("CreateEndpoint before Initialize", platform->CreateEndpoint(UCCET_PRINCIPAL_SERVER_BASED, uri_of(L"sip:alice@example.com"), nullptr, nullptr, &none));
    refused("Shutdown before Initialize", platform->Shutdown(nullptr));
    refused("an empty name", platform->Initialize(Text(L""), nullptr));
    refused("a name with an asterisk", platform->Initialize(Text(L"a*b"), nullptr));
    must("Initialize", platform->Initialize(Text(L"failures"), nullptr));
    refused("Initialize twice", platform->Initialize(Text(L"failures"), nullptr));
}

static void misuse_values()
{
    auto manager = create<IUccUriManager>(__uuidof(UccUriManager));
    auto context = create<IUccContext>(__uuidof(UccContext));
    Ref<IUccUri> uri;
    Ref<IUccProperty> property;
    refused("a bad URI", manager->ParseUri(Text(L"nonsense"), &uri));
    refused("a URI of another world", manager->ParseUri(Text(L"http://example.com"), &uri));
    refused("a bad telephone number", manager->ParseUri(Text(L"tel:"), &uri));
    VARIANT array;
    VariantInit(&array);
    array.vt = VT_ARRAY | VT_I4;
    array.parray = SafeArrayCreateVector(VT_I4, 0, 2);
    refused("a bad property type", context->AddProperty(1, array, &property));
    VariantClear(&array);
    Text text(L"text");
    long number = 0;
    VARIANT_BOOL flag;
    IUnknown *object = nullptr;
    must("AddProperty", context->AddProperty(1, variant_of(text), &property));
    refused("a text read as a number", property->get_NumericValue(&number));
    refused("a text read as a truth", property->get_BoolValue(&flag));
    refused("a text read as an object", property->get_ObjectValue(&object));
    Text name;
    refused("the name of a numbered property", property->get_Name(&name));
    refused("no such property", context->get_Property(2, &property));
    refused("removal of no such property", context->RemoveProperty(2));
    auto fresh = create<IUccOperationContext>(__uuidof(UccOperationContext));
    refused("an operation without Initialize", fresh->get_OperationId(&number));
    must("Initialize", fresh->Initialize(1, nullptr));
    refused("an operation initialized twice", fresh->Initialize(2, nullptr));
}

static void misuse_settings()
{
    auto endpoint = make(L"alice", L"x", arguments[Server]);
    auto settings = cast<IUccServerSignalingSettings>(endpoint);
    Ref<IUccSignalingServer> server;
    refused("a bad transport", settings->CreateSignalingServer(Text(arguments[Server]), static_cast<UCC_TRANSPORT_MODE>(7), &server));
    refused("an empty server", settings->CreateSignalingServer(Text(L""), UCCTM_TCP, &server));
    refused("a bad mode", settings->put_AllowedAuthenticationModes(1024));
    must("AllowedAuthenticationModes", settings->put_AllowedAuthenticationModes(UCCAM_BASIC));
    refused("basic authentication without TLS", endpoint->Enable(nullptr));
    Ref<IUccEndpoint> bare;
    must("CreateEndpoint", platform->CreateEndpoint(UCCET_PRINCIPAL_SERVER_BASED, uri_of(L"sip:alice@example.com"), nullptr, nullptr, &bare));
    refused("no server", bare->Enable(nullptr));
    refused("an endpoint for a telephone number", platform->CreateEndpoint(UCCET_PRINCIPAL_SERVER_BASED, uri_of(L"tel:+15551234"), nullptr, nullptr, &bare));
    refused("an endpoint for nobody", platform->CreateEndpoint(UCCET_PRINCIPAL_SERVER_BASED, nullptr, nullptr, nullptr, &bare));
}

static void fail_to_sign_in()
{
    auto endpoint = enable("wrong password", make(L"alice", L"not the secret", arguments[Server]));
    refused("Enable after a failure", endpoint->Enable(nullptr));
    Ref<IUccSession> session;
    refused("a session without a registration", cast<IUccSessionManager>(endpoint)->CreateSession(UCCST_INSTANT_MESSAGING, nullptr, &session));
    refused("Disable after a failure", endpoint->Disable(nullptr));
    enable("unknown account", make(L"mallory", L"secret-mallory", arguments[Server]));
    enable("nobody listening", make(L"alice", L"secret-alice", arguments[Unused]));
    enable("unknown server", make(L"alice", L"secret-alice", L"nosuch.invalid"));
    auto other = make(L"alice", L"secret-alice", arguments[Server]);
    set_modes(other, UCCAM_NTLM);
    enable("no scheme in common", other);
    auto given_up = make(L"alice", L"secret-alice", arguments[Silent]);
    must("Enable", begin_enable(given_up));
    must("Disable", given_up->Disable(nullptr));
    take_enabled("Disable during Enable", last_operation);
}

static Ref<IUccSession> create_session(IUccEndpoint *endpoint, bool follows_redirects = true)
{
    Ref<IUccSession> session;
    auto context = create<IUccContext>(__uuidof(UccContext));
    VARIANT yes;
    VariantInit(&yes);
    yes.vt = VT_BOOL;
    yes.boolVal = VARIANT_TRUE;
    Ref<IUccProperty> property;
    if (!follows_redirects) must("AddProperty", context->AddProperty(UCCSC_DISABLE_AUTOMATIC_REDIRECT, yes, &property));
    must("CreateSession", cast<IUccSessionManager>(endpoint)->CreateSession(UCCST_INSTANT_MESSAGING, context, &session));
    advise_session(session);
    return session;
}

static Ref<IUccSessionParticipant> create_participant(IUccSession *session, const wchar_t *user)
{
    Ref<IUccSessionParticipant> participant;
    must("CreateParticipant", session->CreateParticipant(uri_of((std::wstring(L"sip:") + user + L"@example.com").c_str()), nullptr, &participant));
    advise_participant(participant);
    return participant;
}

static Event invite(IUccSession *session, const wchar_t *user)
{
    // What earlier cases have left.
    for (auto event = events.begin(); event != events.end();) event = event->name == L"OnParticipantRemoved" ? events.erase(event) : event + 1;
    told.clear();
    must("AddParticipant", session->AddParticipant(create_participant(session, user), operation(++last_operation)));
    return wait_for_operation(L"OnAddParticipant", last_operation);
}

static void fail_to_invite(const char *name, const wchar_t *user, bool follows_redirects = true)
{
    Event result = invite(create_session(alice, follows_redirects), user);
    wait_for(L"OnParticipantRemoved");
    report(name, status_of(result), words_of(result));
}

static void fail_to_invite()
{
    fail_to_invite("unknown user", L"nobody");
    fail_to_invite("not signed in", L"carol");
    fail_to_invite("busy", L"busy");
    fail_to_invite("decline", L"decliner");
    fail_to_invite("it rings for ever", L"quiet");
    fail_to_invite("nobody answers", L"silent");
    fail_to_invite("a circle of redirections", L"circle");
    fail_to_invite("a redirection to nowhere", L"lost");
    fail_to_invite("a redirection that is not followed", L"mover", false);
    Event followed = invite(create_session(alice), L"mover");
    report("a redirection that is followed", status_of(followed), words_of(followed));

    auto session = create_session(alice);
    told.clear();
    must("AddParticipant", session->AddParticipant(create_participant(session, L"ringing"), operation(++last_operation)));
    const long adding = last_operation;
    must("Terminate", session->Terminate(UCCROTR_NOT_SPECIFIED, operation(++last_operation)));
    Event taken_back = wait_for_operation(L"OnAddParticipant", adding);
    wait_for_operation(L"OnTerminate", last_operation);
    report("an invitation taken back", status_of(taken_back), words_of(taken_back));
}

static HRESULT say(IUccSession *session, const wchar_t *text)
{
    return cast<IUccInstantMessagingSession>(session)->SendMessage(Text(L"text/plain"), Text(text), nullptr);
}

static void must_say(IUccSession *session, const wchar_t *text)
{
    must("SendMessage", say(session, text));
    HRESULT status = result_of(wait_for(L"OnSendMessage"));
    if (FAILED(status)) fail("OnSendMessage", status);
}

static Ref<IUccSession> connect(IUccEndpoint *endpoint, const wchar_t *user)
{
    auto session = create_session(endpoint);
    HRESULT status = status_of(invite(session, user));
    if (FAILED(status)) fail("OnAddParticipant", status);
    return session;
}

static void misuse_session(IUccSession *line)
{
    auto empty = create_session(alice);
    Ref<IUccSessionParticipant> participant;
    auto bob = create_participant(empty, L"bob");
    refused("a participant without a URI", empty->CreateParticipant(nullptr, nullptr, &participant));
    refused("a participant without a name", empty->CreateParticipant(uri_of(L"sip:example.com"), nullptr, &participant));
    refused("nobody added", empty->AddParticipant(nullptr, nullptr));
    refused("a message to nobody", say(empty, L"hello"));
    refused("typing to nobody", cast<IUccInstantMessagingSession>(empty)->StartComposing(nullptr));
    refused("a second participant", line->AddParticipant(create_participant(line, L"carol"), nullptr));
    refused("a participant of another session", line->AddParticipant(bob, nullptr));
    Ref<IUccSessionParticipant> local;
    must("LocalParticipant", line->get_LocalParticipant(&local));
    refused("oneself", line->AddParticipant(local, nullptr));
    refused("removal of oneself", line->RemoveParticipant(local, nullptr));
    refused("a message without a type", cast<IUccInstantMessagingSession>(line)->SendMessage(Text(L""), Text(L"hello"), nullptr));
    refused("a transfer", cast<IUccSessionCallControl>(line)->BlindTransfer(uri_of(L"sip:carol@example.com"), nullptr));
    Ref<IUccSession> session;
    auto manager = cast<IUccSessionManager>(alice);
    refused("audio and video", manager->CreateSession(UCCST_AUDIO_VIDEO, nullptr, &session));
    refused("no such type of session", manager->CreateSession(static_cast<UCC_SESSION_TYPE>(9), nullptr, &session));
    auto context = create<IUccContext>(__uuidof(UccContext));
    VARIANT number;
    VariantInit(&number);
    number.vt = VT_I4;
    number.lVal = 5;
    Ref<IUccProperty> property;
    must("AddProperty", context->AddProperty(10000, number, &property));
    refused("a conversation id that is a number", manager->CreateSession(UCCST_INSTANT_MESSAGING, context, &session));
    must("Terminate", empty->Terminate(UCCROTR_DECLINE, nullptr));
    wait_for(L"OnTerminate");
    refused("a message after the end", say(empty, L"hello"));
    refused("Terminate twice", empty->Terminate(UCCROTR_DECLINE, nullptr));
    refused("AddParticipant after the end", empty->AddParticipant(bob, nullptr));
}

// What bob says he was answered.
static std::wstring hear()
{
    Text content;
    wait_for(L"OnInstantMessageReceived").as<IUccIncomingInstantMessageEvent>()->get_Content(&content);
    return content.c_str();
}

static void refuse_what_comes_in(IUccSession *line)
{
    must_say(line, L"invite me");
    auto incoming = wait_for(L"OnIncomingSession").as<IUccIncomingSessionEvent>();
    told.clear();
    HRESULT code = incoming->Reject(UCCROTR_BUSY);
    std::wstring heard = hear();
    report("Reject of a session", code, heard);
    refused("Accept after Reject", incoming->Accept());
    refused("Reject after Reject", incoming->Reject(UCCROTR_BUSY));

    must_say(line, L"invite me and give up");
    incoming = wait_for(L"OnIncomingSession").as<IUccIncomingSessionEvent>();
    Ref<IUccSession> session;
    must("Session", incoming->get_Session(&session));
    Ref<IUccSessionParticipant> inviter;
    must("Inviter", incoming->get_Inviter(&inviter));
    told.clear();
    advise_session(session);
    advise_participant(inviter);
    must_say(line, L"give up");
    wait_for(L"OnTerminate");
    report("an inviter who gives up", S_OK, L"");
    refused("Accept after the inviter gave up", incoming->Accept());
    refused("Reject after the inviter gave up", incoming->Reject(UCCROTR_DECLINE));

    HRESULT again = S_OK;
    code = E_FAIL;
    reaction = [&](const Event &event) {
        if (event.name != L"OnInstantMessageReceived") return;
        auto message = event.as<IUccIncomingInstantMessageEvent>();
        code = message->Reject(UCCROTR_NOT_ACCEPTABLE);
        again = message->Accept();
        reaction = nullptr;
    };
    must_say(line, L"write to me");
    wait_for(L"OnInstantMessageReceived");
    heard = hear();
    told.clear();
    report("Reject of a message", code, heard);
    refused("Accept of a rejected message", again);
}

static void lose_the_server()
{
    auto endpoint = enable("a server that is doomed", make(L"alice", L"secret-alice", arguments[Doomed]));
    auto session = connect(endpoint, L"bob");
    auto idle = create_session(endpoint);
    must_say(session, L"farewell");
    if (!pump_until([] { return GetFileAttributesW(arguments[Signal]) != INVALID_FILE_ATTRIBUTES; })) fail("the server lives on");
    must("SendMessage", say(session, L"is anybody there?"));
    HRESULT status = result_of(wait_for(L"OnSendMessage"));
    told.clear();
    report("a message when the server is lost", status, L"");
    Event result = invite(idle, L"bob");
    wait_for(L"OnParticipantRemoved");
    report("an invitation when the server is lost", status_of(result), words_of(result));
    must("Terminate", session->Terminate(UCCROTR_DECLINE, operation(++last_operation)));
    Event ended = wait_for_operation(L"OnTerminate", last_operation);
    report("Terminate when the server is lost", status_of(ended), words_of(ended));
    must("Disable", endpoint->Disable(operation(++last_operation)));
    ended = wait_for_operation(L"OnDisable", last_operation);
    report("Disable when the server is lost", status_of(ended), words_of(ended));
}

static void use_after_disable(IUccSession *line, IUccSession *idle)
{
    must("Disable", alice->Disable(operation(++last_operation)));
    Event disabled = wait_for_operation(L"OnDisable", last_operation);
    report("Disable ends what goes on", status_of(disabled), words_of(disabled));
    Ref<IUccSession> session;
    Ref<IUccSignalingServer> server;
    auto settings = cast<IUccServerSignalingSettings>(alice);
    refused("CreateSession after Disable", cast<IUccSessionManager>(alice)->CreateSession(UCCST_INSTANT_MESSAGING, nullptr, &session));
    refused("SendMessage after Disable", say(line, L"hello"));
    refused("AddParticipant after Disable", idle->AddParticipant(create_participant(idle, L"bob"), nullptr));
    refused("Terminate after Disable", line->Terminate(UCCROTR_DECLINE, nullptr));
    refused("Enable after Disable", alice->Enable(nullptr));
    refused("Disable twice", alice->Disable(nullptr));
    must("CreateSignalingServer", settings->CreateSignalingServer(Text(arguments[Server]), UCCTM_TCP, &server));
    refused("another server after Disable", settings->put_Server(server));
}

static void use_after_shutdown(IUccSession *line, IUccSession *idle)
{
    must("Shutdown", platform->Shutdown(operation(++last_operation)));
    Event ended = wait_for_operation(L"OnShutdown", last_operation);
    told.clear();
    report("Shutdown", status_of(ended), words_of(ended));
    Ref<IUccEndpoint> endpoint;
    Ref<IUccSession> session;
    Ref<IUccSessionParticipant> participant;
    refused("Initialize after Shutdown", platform->Initialize(Text(L"failures"), nullptr));
    refused("CreateEndpoint after Shutdown", platform->CreateEndpoint(UCCET_PRINCIPAL_SERVER_BASED, uri_of(L"sip:alice@example.com"), nullptr, nullptr, &endpoint));
    refused("Shutdown twice", platform->Shutdown(nullptr));
    refused("Enable after Shutdown", alice->Enable(nullptr));
    refused("Disable after Shutdown", alice->Disable(nullptr));
    refused("CreateSession after Shutdown", cast<IUccSessionManager>(alice)->CreateSession(UCCST_INSTANT_MESSAGING, nullptr, &session));
    refused("SendMessage after Shutdown", say(line, L"hello"));
    refused("Terminate after Shutdown", idle->Terminate(UCCROTR_DECLINE, nullptr));
    refused("CreateParticipant after Shutdown", idle->CreateParticipant(uri_of(L"sip:bob@example.com"), nullptr, &participant));
}

int wmain(int argc, wchar_t **argv)
{
    program = "failures";
    setvbuf(stdout, nullptr, _IONBF, 0);
    if (argc < 6) fail("the arguments are SERVER DOOMED SILENT UNUSED SIGNAL");
    arguments = argv;
    CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED);
    on_event = note;
    platform = create<IUccPlatform>(__uuidof(UccPlatform));
    advise<_IUccPlatformEvents>(platform);
    misuse_before_initialize();

    // Nobody answers for 32 s (RFC 3261 timer F); the rest happens meanwhile.
    auto hopeless = make(L"carol", L"secret-carol", arguments[Silent]);
    must("Enable", begin_enable(hopeless));
    const long waiting = last_operation;
    misuse_values();
    misuse_settings();
    fail_to_sign_in();
    alice = enable("signed in", make(L"alice", L"secret-alice", arguments[Server]));
    fail_to_invite();
    auto line = connect(alice, L"bob");
    misuse_session(line);
    refuse_what_comes_in(line);
    lose_the_server();
    take_enabled("a server that never answers", waiting);
    auto idle = create_session(alice);
    told.clear();
    use_after_disable(line, idle);
    use_after_shutdown(line, idle);
    printf("failures: done\n");
    ExitProcess(0);
}
