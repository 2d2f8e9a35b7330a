// ucc-services SERVER REFUSING: an application that uses what the UCC API has besides sessions of text: traces, diagnostics, signaling
// channels, participants' endpoints, the operation manager, and sessions of its own with an evaluator. SERVER has alice and bob, who
// answers; REFUSING says why it refuses.
#include "ucc-used.h"

static const wchar_t *const Game = L"application/x-example-game";

static std::string read_trace(const wchar_t *name)
{
    std::wstring path = std::wstring(_wgetenv(L"USERPROFILE")) + L"\\Tracing\\" + name + L".uccapilog";
    std::string text;
    FILE *file = _wfopen(path.c_str(), L"rb");
    if (!file) fail("no trace file");
    char part[4096];
    for (size_t count; (count = fread(part, 1, sizeof part, file)) > 0;) text.append(part, count);
    fclose(file);
    return text;
}

static void end_trace(IUccTraceSettings *tracing)
{
    std::string text = read_trace(L"ucc-services");
    check("the trace has the registration", text.find("REGISTER sip:example.com") != std::string::npos);
    check("the trace has the credentials blanked", text.find("Authorization: Digest") != std::string::npos && text.find("response=") == std::string::npos);
    must("DisableTracing", tracing->DisableTracing());
    VARIANT_BOOL on = VARIANT_TRUE;
    check("TracingEnabled at the end", tracing->get_TracingEnabled(&on) == S_OK && on == VARIANT_FALSE);
}

static void use_diagnostics(const wchar_t *refusing)
{
    auto endpoint = make_endpoint(refusing, L"bob");
    must("Enable", endpoint->Enable(nullptr));
    auto progress = wait_for(L"OnEnable").as<IUccOperationProgressEvent>();
    check("why the sign-in is refused", GET(progress, StatusCode) == static_cast<HRESULT>(0x80EF0193));
    auto properties = OBJECT(progress, Properties);
    auto infos = cast<IUccCollection>(object_of(properties, UCCOPEC_DIAGNOSTIC_DETAILS));
    check("diagnostics", count_of(infos) == 2);
    auto info = USE(IUccDiagnosticInfo, item_of(infos, 1));
    check("Type", GET(info, Type) == UCCDIT_SERVER_DIAGNOSTIC);
    check("Code", GET(info, Code) == 1007);
    check("Source", TEXT_OF(info, Source) == L"sip.example.com");
    check("Text", TEXT_OF(info, Text) == L"Too many devices");
    auto codes = USE(IUccArray, OBJECT(info, SubCodes));
    VARIANT code;
    VariantInit(&code);
    check("SubCodes", count_of(codes) == 1 && codes->get_Item(1, &code) == S_OK && V_VT(&code) == VT_I4 && V_I4(&code) == 12);
    Ref<IUccProperty> reason;
    must("NamedProperty", OBJECT(info, Properties)->get_NamedProperty(Text(L"reason"), &reason));
    check("the parameter", TEXT_OF(reason, StringValue) == L"Too many devices");
    auto warning = cast<IUccDiagnosticInfo>(item_of(infos, 2));
    check("the warning", GET(warning, Type) == UCCDIT_WARNING && GET(warning, Code) == 399 && TEXT_OF(warning, Text) == L"Come again, later");
}

static void use_reporting(IUccEndpoint *endpoint)
{
    auto reporting = USE(IUccDiagnosticReportingSettings, endpoint);
    VARIANT_BOOL on = VARIANT_TRUE;
    check("off", reporting->IsReportingMethodEnabled(UCCDRM_EVENT_LOGGING, &on) == S_OK && on == VARIANT_FALSE);
    must("EnableReportingMethods", reporting->EnableReportingMethods(UCCDRM_EVENT_LOGGING));
    check("on", reporting->IsReportingMethodEnabled(UCCDRM_EVENT_LOGGING, &on) == S_OK && on == VARIANT_TRUE);
    must("DisableReportingMethods", reporting->DisableReportingMethods(UCCDRM_EVENT_LOGGING));
    check("off again", reporting->IsReportingMethodEnabled(UCCDRM_EVENT_LOGGING, &on) == S_OK && on == VARIANT_FALSE);
}

static Ref<IUccSignalingRequest> message(const wchar_t *body)
{
    auto request = create<IUccSignalingRequest>(__uuidof(UccSignalingRequest));
    auto parts = USE(IUccSignalingMessage, request);
    must("RequestType", request->put_RequestType(UCCSRT_MESSAGE));
    must("ContentType", parts->put_ContentType(Text(L"text/plain")));
    must("Body", parts->put_Body(Text(body)));
    Ref<IUccSignalingHeaderField> colour, other;
    Ref<IUccSignalingHeaderFieldParameter> shade, alpha;
    must("AddHeaderField", parts->AddHeaderField(Text(L"X-Colour"), Text(L"red"), &colour));
    must("AddHeaderField", parts->AddHeaderField(Text(L"X-Other"), Text(L"none"), &other));
    must("AddParameter", colour->AddParameter(Text(L"shade"), Text(L"light"), &shade));
    must("AddParameter", colour->AddParameter(Text(L"alpha"), Text(L"1"), &alpha));
    auto parameter = USE(IUccSignalingHeaderFieldParameter, shade);
    must("Value of a parameter", parameter->put_Value(Text(L"dark")));
    check("Name of a parameter", TEXT_OF(parameter, Name) == L"shade");
    must("RemoveParameter", colour->RemoveParameter(alpha));
    check("Parameters", count_of(OBJECT(colour, Parameters)) == 1);
    must("RemoveHeaderField", parts->RemoveHeaderField(other));
    check("HeaderFields", count_of(OBJECT(parts, HeaderFields)) == 1);
    return request;
}

static void use_channel(IUccEndpoint *endpoint)
{
    auto manager = USE(IUccSignalingChannelManager, endpoint);
    Ref<IUccSignalingChannel> opened;
    must("CreateSignalingChannel", manager->CreateSignalingChannel(uri_of(L"sip:bob@example.com"), &opened));
    auto channel = USE(IUccSignalingChannel, opened);
    advise<_IUccSignalingChannelEvents>(channel);
    on_event = [](const Event &event) {
        walk_event(event);
        if (event.name == L"OnIncomingMessage") must("Reject", event.as<IUccIncomingSignalingMessageEvent>()->Reject(UCCROTR_BUSY));
    };
    must("SendRequest", channel->SendRequest(message(L"hello"), operation(3)));
    Event sent = WAIT(_IUccSignalingChannelEvents, L"OnSendRequest");
    check("the operation of OnSendRequest", is_operation(sent, 3));
    auto response = USE(IUccSignalingResponse, object_of(OBJECT(sent.as<IUccOperationProgressEvent>(), Properties), UCCOPEC_SIGNALING_RESPONSE));
    check("StatusCode of the response", GET(response, StatusCode) == 200 && GET(response, Type) == UCCSMT_RESPONSE);
    check("StatusText", !TEXT_OF(response, StatusText).empty());
    Ref<IUccCollection> found;
    must("FindHeaderFields", response->FindHeaderFields(Text(L"cseq"), &found));
    auto field = USE(IUccSignalingHeaderField, item_of(found, 1));
    check("CSeq", TEXT_OF(field, Name) == L"CSeq" && TEXT_OF(field, Value).find(L"MESSAGE") != std::wstring::npos);

    auto incoming = DATA(IUccIncomingSignalingMessageEvent, wait_for(L"OnIncomingMessage"));
    auto received = USE(IUccSignalingRequest, OBJECT(incoming, Message));
    check("what bob says", GET(received, RequestType) == UCCSRT_MESSAGE && TEXT_OF(received, Body) == L"hello back");
    check("Reject when it is too late", incoming->Reject(UCCROTR_BUSY) == static_cast<HRESULT>(0x80EE002A));
    on_event = walk_event;

    // What belongs to the stack is not the application's to send.
    auto invite = create<IUccSignalingRequest>(__uuidof(UccSignalingRequest));
    must("RequestType", invite->put_RequestType(UCCSRT_INVITE));
    check("an INVITE through a channel", channel->SendRequest(invite, nullptr) == NotAllowed);
}

static Ref<IUccSession> open_session(IUccEndpoint *endpoint, UCC_SESSION_TYPE type, Ref<IUccSessionParticipant> &bob)
{
    Ref<IUccSession> session;
    must("CreateSession", cast<IUccSessionManager>(endpoint)->CreateSession(type, nullptr, &session));
    advise<_IUccSessionEvents>(session);
    must("CreateParticipant", session->CreateParticipant(uri_of(L"sip:bob@example.com"), nullptr, &bob));
    return session;
}

static void use_endpoints_and_operations(IUccEndpoint *endpoint)
{
    Ref<IUccSessionParticipant> bob;
    auto session = open_session(endpoint, UCCST_INSTANT_MESSAGING, bob);
    advise<_IUccSessionParticipantEndpointCollectionEvents>(bob);
    Ref<IUccSessionParticipantEndpoint> desk;
    must("CreateParticipantEndpoint", bob->CreateParticipantEndpoint(uri_of(L"sip:bob@example.com"), Text(L"desk"), nullptr, &desk));
    must("AddParticipantEndpoint", bob->AddParticipantEndpoint(desk, nullptr));
    auto added = DATA(IUccSessionParticipantEndpointCollectionEvent, WAIT(_IUccSessionParticipantEndpointCollectionEvents, L"OnEndpointAdded"));
    check("the endpoint that is added", TEXT_OF(OBJECT(added, Endpoint), Id) == L"desk");
    must("RemoveParticipantEndpoint", bob->RemoveParticipantEndpoint(desk, nullptr));
    wait_for(L"OnEndpointRemoved");

    auto manager = USE(IUccOperationManager, bob);
    advise<_IUccOperationManagerEvents>(bob);
    auto adding = operation(1);
    must("AddParticipant", session->AddParticipant(bob, adding));
    must("CancelOperation", manager->CancelOperation(adding, operation(2)));
    check("the result of what is cancelled", status_of(wait_for(L"OnAddParticipant")) == static_cast<HRESULT>(0x80EE00AE));
    Event cancelled = WAIT(_IUccOperationManagerEvents, L"OnCancelOperation");
    check("the operation of OnCancelOperation", is_operation(cancelled, 2) && status_of(cancelled) == S_OK);
    check("nothing to cancel", manager->CancelOperation(adding, nullptr) == NotExist);
    must("Terminate", session->Terminate(UCCROTR_UNAVAILABLE, nullptr));
    wait_for(L"OnTerminate");
}

// Says of a description whether it is one of ours; on the thread that has registered it.
class Evaluator final : public _IUccSessionDescriptionEvaluator
{
public:
    std::wstring seen;

    STDMETHODIMP QueryInterface(REFIID iid, void **object) override
    {
        bool known = iid == IID_IUnknown || iid == __uuidof(_IUccSessionDescriptionEvaluator);
        *object = known ? this : nullptr;
        return known ? S_OK : E_NOINTERFACE;
    }
    STDMETHODIMP_(ULONG) AddRef() override { return 2; }
    STDMETHODIMP_(ULONG) Release() override { return 1; }
    STDMETHODIMP Evaluate(BSTR type, BSTR description, VARIANT_BOOL *wanted) override
    {
        check("the thread of the evaluator", GetCurrentThreadId() == main_thread);
        seen = description;
        *wanted = wcscmp(type, Game) ? VARIANT_FALSE : VARIANT_TRUE;
        return S_OK;
    }
};

static void send_invitation(const wchar_t *description)
{
    auto invitation = DATA(IUccOutgoingInvitationEvent, WAIT(_IUccApplicationSessionParticipantEvents, L"OnOutgoingInvitation"));
    must("ContentType", invitation->put_ContentType(Text(Game)));
    must("SessionDescription", invitation->put_SessionDescription(Text(description)));
    must("Send", invitation->Send());
}

static void invite_to_application(IUccEndpoint *endpoint)
{
    Ref<IUccSessionParticipant> bob;
    auto session = open_session(endpoint, UCCST_APPLICATION, bob);
    advise<_IUccApplicationSessionParticipantEvents>(bob);
    must("AddParticipant", session->AddParticipant(bob, nullptr));
    send_invitation(L"board=8x8");
    auto accepted = DATA(IUccInvitationAcceptedEvent, wait_for(L"OnInvitationAccepted"));
    check("what bob answers", TEXT_OF(accepted, RemoteContentType) == Game && TEXT_OF(accepted, RemoteSessionDescription) == L"colour=black");
    status_of(wait_for(L"OnAddParticipant"));
    must("ReNegotiate", USE(IUccApplicationSessionParticipant, bob)->ReNegotiate(nullptr));
    send_invitation(L"board=9x9");
    check("OnRenegotiate", status_of(wait_for(L"OnRenegotiate")) == S_OK);
    must("Terminate", session->Terminate(UCCROTR_UNAVAILABLE, nullptr));
    wait_for(L"OnTerminate");
}

static void take_application(IUccEndpoint *endpoint)
{
    static Evaluator evaluator;
    auto sessions = cast<IUccSessionManager>(endpoint);
    must("RegisterSessionDescriptionEvaluator", sessions->RegisterSessionDescriptionEvaluator(&evaluator));
    printf("ready\n");
    Event offered = wait_for(L"OnIncomingSession");
    check("what the evaluator has seen", evaluator.seen == L"board=4x4");
    if (evaluator.seen == L"board=4x4") used("_IUccSessionDescriptionEvaluator");
    auto incoming = offered.as<IUccIncomingSessionEvent>();
    advise<_IUccApplicationSessionParticipantEvents>(OBJECT(incoming, Inviter));
    must("Accept", incoming->Accept());
    auto invitation = DATA(IUccIncomingInvitationEvent, wait_for(L"OnIncomingInvitation"));
    check("what bob offers", TEXT_OF(invitation, RemoteSessionDescription) == L"board=4x4" && TEXT_OF(invitation, RemoteContentType) == Game);
    must("LocalContentType", invitation->put_LocalContentType(Text(Game)));
    must("LocalSessionDescription", invitation->put_LocalSessionDescription(Text(L"colour=white")));
    must("Accept", invitation->Accept());
    auto session = OBJECT(incoming, Session);
    advise<_IUccSessionEvents>(session);
    wait_for(L"OnTerminate");
    must("UnregisterSessionDescriptionEvaluator", sessions->UnregisterSessionDescriptionEvaluator());
}

int wmain(int, wchar_t **argv)
{
    return run("ucc-services", [&] {
        make_platform(L"ucc-services");
        auto tracing = USE(IUccTraceSettings, platform);

        // A run that failed may have left it on.
        must("DisableTracing", tracing->DisableTracing());
        check("TracingEnabled at the start", GET(tracing, TracingEnabled) == VARIANT_FALSE);
        must("EnableTracing", tracing->EnableTracing());
        check("TracingEnabled", GET(tracing, TracingEnabled) == VARIANT_TRUE);
        use_diagnostics(argv[2]);
        auto endpoint = make_endpoint(argv[1], L"alice");
        must_enable(endpoint);
        end_trace(tracing);
        use_reporting(endpoint);
        use_channel(endpoint);
        use_endpoints_and_operations(endpoint);
        invite_to_application(endpoint);
        take_application(endpoint);
        shut_down();
    });
}
