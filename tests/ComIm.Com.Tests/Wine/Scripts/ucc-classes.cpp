// ucc-classes SERVER: every class of the data by CoCreateInstance or from where the original had it; what of audio and video there is; and
// IDispatch as other languages than scripts use it: asked for at once, with named arguments, and in a session of text with bob, who answers.
#include "ucc-used.h"

static const GUID NoId = {};

// Seven can be made, by each of their interfaces and by IDispatch at once; the others come from factories.
static void create_all()
{
    for (const auto &entry : AllClasses)
    {
        CLSID id;
        must("CLSIDFromString", CLSIDFromString(entry.clsid, &id));
        std::vector<const IID *> asked = entry.interfaces;
        asked.push_back(&IID_IUnknown);
        asked.push_back(&IID_IDispatch);
        for (const IID *iid : asked)
        {
            IUnknown *made = nullptr;
            HRESULT code = CoCreateInstance(id, nullptr, CLSCTX_INPROC_SERVER, *iid, reinterpret_cast<void **>(&made));
            if (SUCCEEDED(code) != entry.creatable || (made != nullptr) != entry.creatable) printf("wrong: CoCreateInstance of %s\n", entry.name);
            if (!made) continue;
            check_class(made, entry);
            made->Release();
        }
    }
}

static DISPID id_of(IDispatch *object, const wchar_t *name)
{
    DISPID id = DISPID_UNKNOWN;
    LPOLESTR names = const_cast<LPOLESTR>(name);
    must("GetIDsOfNames", object->GetIDsOfNames(NoId, &names, 1, LOCALE_USER_DEFAULT, &id));
    return id;
}

static void expect_unknown(IDispatch *object, const wchar_t *method, const wchar_t *argument)
{
    DISPID ids[2];
    LPOLESTR names[] = {const_cast<LPOLESTR>(method), const_cast<LPOLESTR>(argument)};
    check("a name that no argument has", object->GetIDsOfNames(NoId, names, 2, LOCALE_USER_DEFAULT, ids) == DISP_E_UNKNOWNNAME);
}

// AddNamedProperty vValue:=7, bstrPropertyName:="seven", in an order that is not the declared one.
static void name_arguments()
{
    auto context = create<IDispatch>(__uuidof(UccContext));
    LPOLESTR names[] = {
        const_cast<LPOLESTR>(L"ADDNAMEDPROPERTY"), const_cast<LPOLESTR>(L"vvalue"), const_cast<LPOLESTR>(L"bstrPropertyName")};
    DISPID ids[3];
    must("GetIDsOfNames", context->GetIDsOfNames(NoId, names, 3, LOCALE_USER_DEFAULT, ids));
    VARIANT arguments[2];
    VariantInit(&arguments[0]);
    V_VT(&arguments[0]) = VT_I4;
    V_I4(&arguments[0]) = 7;
    arguments[1] = variant_of(SysAllocString(L"seven"));
    DISPPARAMS parameters = {arguments, ids + 1, 2, 2};
    VARIANT result;
    VariantInit(&result);
    must("Invoke with named arguments", context->Invoke(ids[0], NoId, LOCALE_USER_DEFAULT, DISPATCH_METHOD, &parameters, &result, nullptr, nullptr));
    auto property = cast<IUccProperty>(V_DISPATCH(&result));
    check("what the named arguments have made", TEXT_OF(property, Name) == L"seven" && GET(property, NumericValue) == 7);
    expect_unknown(context, L"AddNamedProperty", L"nonsense");

    // The same one named, after one by its place.
    VARIANT mixed[2] = {arguments[0], arguments[1]};
    SysFreeString(V_BSTR(&mixed[1]));
    mixed[1] = variant_of(SysAllocString(L"eight"));
    DISPPARAMS half = {mixed, ids + 1, 2, 1};
    must("Invoke with one named argument", context->Invoke(ids[0], NoId, LOCALE_USER_DEFAULT, DISPATCH_METHOD, &half, &result, nullptr, nullptr));
    SysFreeString(V_BSTR(&mixed[1]));
    VARIANT count;
    VariantInit(&count);
    DISPPARAMS none = {};
    must("Count", context->Invoke(id_of(context, L"count"), NoId, LOCALE_USER_DEFAULT, DISPATCH_PROPERTYGET, &none, &count, nullptr, nullptr));
    check("Count", V_VT(&count) == VT_I4 && V_I4(&count) == 2);
}

static void disabled(const char *what, HRESULT code) { check(what, code == MediaDisabled, code); }

static void walk_devices()
{
    auto devices = cast<IUccMediaDeviceManager>(platform);
    auto settings = cast<IUccMediaDeviceSettings>(platform);
    advise<_IUccMediaDeviceManagerEvents>(platform);
    for (int type = 0; type <= 4; type++)
    {
        Ref<IUccCollection> list;
        must("GetDevices", devices->GetDevices(static_cast<UCC_MEDIA_TYPES>(type), static_cast<UCC_MEDIA_DIRECTIONS>(type), &list));
        check("no devices", count_of(list) == 0);
    }

    Ref<IUccMediaDevice> device;
    Ref<IUccPropertyCollection> properties;
    auto category = UCCAVDC_AUDIO_VIDEO_CALL_DEVICE;
    auto type = static_cast<UCC_MEDIA_TYPES>(1);
    auto direction = static_cast<UCC_MEDIA_DIRECTIONS>(1);
    disabled("GetRecommendedDevice", devices->GetRecommendedDevice(category, type, direction, &device));
    disabled("GetSelectedDevice", devices->GetSelectedDevice(category, type, direction, &device));
    disabled("SetSelectedDevice", devices->SetSelectedDevice(category, type, direction, nullptr));
    disabled("GetNullDevice", devices->GetNullDevice(type, direction, &device));
    disabled("GetDeviceSettings", settings->GetDeviceSettings(&properties));
    disabled("SetDeviceSettings", settings->SetDeviceSettings(nullptr));
    disabled("ResetDeviceSettings", settings->ResetDeviceSettings());
    disabled("InvokeTuningWizard", settings->InvokeTuningWizard(0, 0));
    Ref<IUccEndpoint> proxy;
    disabled("CreateProxyEndpoint", platform->CreateProxyEndpoint(UCCET_PROXY_TELEPHONY, nullptr, nullptr, nullptr, nullptr, &proxy));
}

static void walk_media_of(IUccEndpoint *endpoint)
{
    auto settings = cast<IUccMediaEndpointSettings>(endpoint);
    advise<_IUccMediaEndpointEvents>(endpoint);
    check("no relays", count_of(OBJECT(settings, MediaConnectivityServers)) == 0);
    Ref<IUccMediaConnectivityServer> server;
    short low = 0, high = 0;
    disabled("FindMediaConnectivityServers", settings->FindMediaConnectivityServers(nullptr, nullptr));
    disabled("AddMediaConnectivityServerWithCredential", settings->AddMediaConnectivityServerWithCredential(nullptr));
    disabled("AddMediaConnectivityServer", settings->AddMediaConnectivityServer(
        static_cast<UCC_MEDIA_CONNECTIVITY_SERVER_TYPE>(1), Text(L"127.0.0.1"), 3478, UCCTM_UDP, nullptr, 0, &server));
    disabled("RemoveMediaConnectivityServer", settings->RemoveMediaConnectivityServer(nullptr));
    must("SetMediaPortRange", settings->SetMediaPortRange(4000, 4100));
    check("GetMediaPortRange", settings->GetMediaPortRange(&low, &high) == S_OK && low == 4000 && high == 4100);

    // A session of audio and video is what media goes through, so it is the first thing that there is none of.
    Ref<IUccSession> session;
    disabled("CreateSession", cast<IUccSessionManager>(endpoint)->CreateSession(UCCST_AUDIO_VIDEO, nullptr, &session));
    must("CreateSession", cast<IUccSessionManager>(endpoint)->CreateSession(UCCST_CONFERENCE, nullptr, &session));
    auto local = OBJECT(session, LocalParticipant);
    auto member = cast<IUccConferenceSessionParticipant>(local);
    auto device = walked(cast<IUccConferenceSessionParticipantEndpoint>(item_of(OBJECT(local, Endpoints), 1)));
    advise<_IUccConferenceMediaChannelCollectionEvents>(device);
    Ref<IUccMediaChannel> channel;
    disabled("PlayRecordedName", member->PlayRecordedName(Text(L""), nullptr));
    disabled("CreateChannel", device->CreateChannel(static_cast<UCC_MEDIA_TYPES>(1), nullptr, &channel));
    disabled("AddChannel", device->AddChannel(nullptr));
    disabled("RemoveChannel", device->RemoveChannel(nullptr));
    disabled("UpdateChannels", device->UpdateChannels(nullptr));
    check("no channels", count_of(OBJECT(device, Channels)) == 0);
    must("Terminate", session->Terminate(UCCROTR_UNAVAILABLE, nullptr));
}

static void reach_presence(IUccEndpoint *endpoint)
{
    auto publications = cast<IUccPublicationManager>(endpoint);
    for (const wchar_t *name : {L"state", L"note", L"contactCard", L"contacts", L"groups", L"x-example"})
    {
        Ref<IUccCategoryInstance> instance;
        must("CreatePublishableCategoryInstance", publications->CreatePublishableCategoryInstance(Text(name), 1, 0, UCCCIET_STATIC, 0, &instance));
        walk(instance);
    }

    Ref<IUccSubscription> subscription;
    Ref<IUccPresentity> presentity;
    must("CreateSubscription", cast<IUccSubscriptionManager>(endpoint)->CreateSubscription(nullptr, &subscription));
    must("CreatePresentity", subscription->CreatePresentity(uri_of(L"sip:bob@example.com"), nullptr, &presentity));
    walk(subscription);
    walk(presentity);
    Ref<IUccUserSearchQuery> query;
    must("CreateQuery", cast<IUccUserSearchManager>(endpoint)->CreateQuery(&query));
    advise<_IUccUserSearchQueryEvents>(query);
    must("SearchTerm", query->put_SearchTerm(Text(L"givenName"), Text(L"nobody")));
    must("Execute", query->Execute(nullptr));
    wait_for(L"OnExecute");
}

static void reach_text(IUccEndpoint *endpoint)
{
    auto settings = cast<IUccServerSignalingSettings>(endpoint);
    advise<_IUccServerSignalingSettingsEvents>(endpoint);
    must("FindServer", settings->FindServer(Text(L"127.0.0.1"), nullptr));
    wait_for(L"OnFindServer");
    auto cache = OBJECT(settings, CredentialCache);
    walk(cache);
    walk(OBJECT(cache, DefaultCredential));
    Ref<IUccUri> uri;
    must("Uri", endpoint->get_Uri(&uri));
    walk(uri);

    auto context = create<IUccContext>(__uuidof(UccContext));
    Ref<IUccProperty> property;
    must("AddProperty", context->AddProperty(1, variant_of(true), &property));
    walk(property);
    Ref<IUccSession> session;
    Ref<IUccSessionParticipant> bob;
    must("CreateSession", cast<IUccSessionManager>(endpoint)->CreateSession(UCCST_INSTANT_MESSAGING, context, &session));
    advise<_IUccSessionEvents>(session);
    advise<_IUccInstantMessagingSessionEvents>(session);
    advise<_IUccSessionParticipantCollectionEvents>(session);
    advise<_IUccSessionCallControlEvents>(session);
    must("CreateParticipant", session->CreateParticipant(uri_of(L"sip:bob@example.com"), nullptr, &bob));
    advise<_IUccSessionParticipantEvents>(bob);
    advise<_IUccInstantMessagingSessionParticipantEvents>(bob);
    must("AddParticipant", session->AddParticipant(bob, nullptr));
    wait_for(L"OnAddParticipant");
    auto transfer = cast<IUccSessionCallControl>(session);
    check("a transfer", transfer->BlindTransfer(uri_of(L"sip:carol@example.com"), nullptr) == NotAllowed);
    check("a transfer", transfer->ConsultativeTransfer(session, nullptr) == NotAllowed && transfer->Alternate(session, nullptr) == NotAllowed);
    must("SendMessage", cast<IUccInstantMessagingSession>(session)->SendMessage(Text(L"text/plain"), Text(L"hello"), nullptr));
    walk(item_of(OBJECT(wait_for(L"OnSendMessage").as<IUccSessionOperationEvent>(), ParticipantResults), 1));
    wait_for(L"OnComposing");
    wait_for(L"OnInstantMessageReceived");
    must("Terminate", session->Terminate(UCCROTR_UNAVAILABLE, nullptr));
    wait_for(L"OnTerminate");
}

int wmain(int, wchar_t **argv)
{
    return run("ucc-classes", [&] {
        create_all();
        name_arguments();
        make_platform(L"ucc-classes");
        walk_devices();
        auto endpoint = make_endpoint(argv[1], L"alice");
        must_enable(endpoint);
        walk_media_of(endpoint);
        reach_presence(endpoint);
        reach_text(endpoint);
        shut_down();
    });
}
