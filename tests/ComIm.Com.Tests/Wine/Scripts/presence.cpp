// presence MODE SERVER: the presence of the UCC API as its documentation tells applications to follow it: the presentity is
// listened to, then each category when it comes, then each of its instances. MODE is inproc or local. bob, who publishes and
// changes what he says when alice's note is "go", is elsewhere.
#include "ucc-endpoint.h"
#include <map>

static Ref<IUccPlatform> platform;
static std::map<std::wstring, Ref<IUccCategoryContext>> categories;
static std::map<std::wstring, Ref<IUccCategoryInstance>> instances;

// An interface that is used for its purpose.
#define USE(type, object) (printf("used: " #type "\n"), cast<type>(object))
#define USED(type) printf("used: " #type "\n")

template <class O, class T> static std::wstring text_of(const O &object, HRESULT (STDMETHODCALLTYPE T::*get)(BSTR *))
{
    Text result;
    must("a text", (static_cast<T *>(object)->*get)(&result));
    return result.c_str();
}

template <class O, class T> static long number_of(const O &object, HRESULT (STDMETHODCALLTYPE T::*get)(long *))
{
    long result = -1;
    must("a number", (static_cast<T *>(object)->*get)(&result));
    return result;
}

static Ref<IUnknown> item_of(IUccCollection *collection, long index)
{
    VARIANT item;
    VariantInit(&item);
    must("Item", collection->get_Item(index, &item));
    Ref<IUnknown> result(V_UNKNOWN(&item));
    return result;
}

// The cascade of the documentation, in the handlers themselves.
static void follow(const Event &event)
{
    if (event.name == L"OnCategoryContextAdded")
    {
        Ref<IUccCategoryContext> category;
        must("CategoryContext", event.as<IUccCategoryContextEvent>()->get_CategoryContext(&category));
        categories[text_of(category, &IUccCategoryContext::get_Name)] = category;
        advise<_IUccCategoryContextEvents>(category);
    }
    else if (event.name == L"OnCategoryInstanceAdded")
    {
        Ref<IUccCategoryInstance> instance;
        Ref<IUccCategoryContext> category = cast<IUccCategoryContext>(event.source);
        must("CategoryInstance", event.as<IUccCategoryInstanceEvent>()->get_CategoryInstance(&instance));
        instances[text_of(category, &IUccCategoryContext::get_Name)] = instance;
        advise<_IUccCategoryInstanceEvents>(instance);
    }
}

static IUccCategoryInstance *instance_of(const wchar_t *category)
{
    if (!pump_until([&] { return instances.count(category) > 0; }))
    {
        printf("no instance of %ls came\n", category);
        fail("a category did not come");
    }
    return instances[category];
}

static Ref<IUccEndpoint> sign_in(const wchar_t *address)
{
    platform = create<IUccPlatform>(__uuidof(UccPlatform));
    advise<_IUccPlatformEvents>(platform);
    must("Initialize", platform->Initialize(Text(L"presence"), nullptr));
    Ref<IUccEndpoint> endpoint;
    must("CreateEndpoint", platform->CreateEndpoint(
        UCCET_PRINCIPAL_SERVER_BASED, uri_of(L"sip:alice@example.com"), nullptr, nullptr, &endpoint));
    advise<_IUccEndpointEvents>(endpoint);
    set_server(endpoint, L"alice", L"secret-alice", address);
    must_enable(endpoint);
    return endpoint;
}

static Ref<IUccSubscription> subscribe(IUccEndpoint *endpoint, const wchar_t *who, std::vector<const wchar_t *> names, Ref<IUccPresentity> &presentity)
{
    Ref<IUccSubscription> subscription;
    must("CreateSubscription", USE(IUccSubscriptionManager, endpoint)->CreateSubscription(nullptr, &subscription));
    advise<_IUccSubscriptionEvents>(subscription);
    for (auto name : names) must("AddCategoryName", subscription->AddCategoryName(Text(name)));
    check("a category twice", subscription->AddCategoryName(Text(names[0])) == static_cast<HRESULT>(0x80EE00C0));
    must("CreatePresentity", subscription->CreatePresentity(uri_of(who), nullptr, &presentity));
    advise<_IUccPresentityEvents>(presentity);
    must("AddPresentity", subscription->AddPresentity(presentity));
    must("Subscribe", subscription->Subscribe(operation(2)));
    Event event = wait_for(L"OnSubscribe");
    auto answer = event.as<IUccSubscriptionEvent>();
    Ref<IUccOperationProgressEvent> progress;
    HRESULT status = E_FAIL;
    must("GetOperationInfo", answer->GetOperationInfo(presentity, &progress));
    must("StatusCode", progress->get_StatusCode(&status));
    check("the answer to Subscribe", SUCCEEDED(status), status);
    USED(IUccSubscription);
    USED(_IUccSubscriptionEvents);
    USED(IUccSubscriptionEvent);
    USED(IUccPresentity);
    return subscription;
}

static void show_state(IUccCategoryInstance *instance)
{
    auto state = USE(IUccPresenceStateInstance, instance);
    Ref<IUccCollection> activities, strings;
    check("Availability", number_of(state, &IUccPresenceStateInstance::get_Availability) == 6500);
    must("Activities", state->get_Activities(&activities));
    auto activity = cast<IUccPresenceActivity>(item_of(activities, 1));
    check("Token", text_of(activity, &IUccPresenceActivity::get_Token) == L"in-a-meeting");
    must("CustomStrings", activity->get_CustomStrings(&strings));
    auto words = cast<IUccLocaleString>(item_of(strings, 1));
    check("String", text_of(words, &IUccLocaleString::get_String) == L"Planning");
    check("a change of what was received", state->put_Availability(3500) == static_cast<HRESULT>(0x80EE0061));
    VARIANT_BOOL local = VARIANT_TRUE;
    must("IsPublishedByLocalEndpoint", instance->get_IsPublishedByLocalEndpoint(&local));
    check("IsPublishedByLocalEndpoint", local == VARIANT_FALSE);
    USED(IUccPresenceActivity);
    USED(IUccLocaleString);
}

static void show_card(IUccCategoryInstance *instance)
{
    auto card = USE(IUccPresenceContactCardInstance, instance);
    Ref<IUccPresenceContactCardIdentity> identity;
    Ref<IUccCollection> phones;
    must("Identity", card->get_Identity(&identity));
    check("DisplayName", text_of(identity, &IUccPresenceContactCardIdentity::get_DisplayName) == L"Bob B.");
    must("Phones", card->get_Phones(&phones));
    auto phone = cast<IUccPresenceContactCardPhone>(item_of(phones, 1));
    check("Url", text_of(phone, &IUccPresenceContactCardPhone::get_Url) == L"tel:+15550100");
    USED(IUccPresenceContactCardIdentity);
    USED(IUccPresenceContactCardPhone);
}

static void show_device(IUccCategoryInstance *instance)
{
    auto device = USE(IUccPresenceDeviceInstance, instance);
    Ref<IUccCollection> sets, infos;
    Ref<IUccPropertyCollection> properties;
    Ref<IUccProperty> render;
    must("CapabilitiesCollection", device->get_CapabilitiesCollection(&sets));
    auto capabilities = cast<IUccPresenceCapabilities>(item_of(sets, 1));
    must("CapabilityInfoCollection", capabilities->get_CapabilityInfoCollection(&infos));
    auto info = cast<IUccPresenceCapabilityInfo>(item_of(infos, 1));
    check("the capability", text_of(info, &IUccPresenceCapabilityInfo::get_Name) == L"text");
    must("CapabilityProperties", info->get_CapabilityProperties(&properties));
    must("NamedProperty", properties->get_NamedProperty(Text(L"canRender"), &render));
    check("canRender", text_of(render, &IUccProperty::get_StringValue) == L"true");
    USED(IUccPresenceCapabilities);
    USED(IUccPresenceCapabilityInfo);
}

static void show_services(IUccCategoryInstance *instance)
{
    Ref<IUccCollection> elements;
    must("ServiceElements", USE(IUccPresenceServicesInstance, instance)->get_ServiceElements(&elements));
    auto element = cast<IUccPresenceServiceElement>(item_of(elements, 1));
    check("the service", text_of(element, &IUccPresenceServiceElement::get_Uri) == L"sip:bob@example.com");
    USED(IUccPresenceServiceElement);
}

static void show_calendar(IUccCategoryInstance *instance)
{
    auto calendar = USE(IUccPresenceCalendarDataInstance, instance);
    Ref<IUccPresenceFreeBusyInformation> free;
    Ref<IUccPresenceWorkingHoursInformation> hours;
    Ref<IUccPresenceTimeZoneInformation> zone;
    must("FreeBusyInformation", calendar->get_FreeBusyInformation(&free));
    check("FreeBusyData", text_of(free, &IUccPresenceFreeBusyInformation::get_FreeBusyData) == L"AAEC");
    must("WorkingHoursInformation", calendar->get_WorkingHoursInformation(&hours));
    must("TimeZoneInformation", hours->get_TimeZoneInformation(UCCPWHTT_STANDARD, &zone));
    check("Month", number_of(zone, &IUccPresenceTimeZoneInformation::get_Month) == 10);
    USED(IUccPresenceFreeBusyInformation);
    USED(IUccPresenceWorkingHoursInformation);
    USED(IUccPresenceTimeZoneInformation);
}

// Other instances may change as well, and the state more than once.
static void wait_for_state(long availability)
{
    while (true)
    {
        Event modified = wait_for(L"OnCategoryInstanceValueModified");
        Ref<IUccPresenceStateInstance> state;
        modified.source->QueryInterface(__uuidof(IUccPresenceStateInstance), reinterpret_cast<void **>(&state));
        if (!state) continue;
        const long now = number_of(state, &IUccPresenceStateInstance::get_Availability);
        if (now == availability) return;
        printf("the state is %ld\n", now);
    }
}

static void wait_for_removal(const wchar_t *name)
{
    Ref<IUccCategoryContext> category;
    do
    {
        must("CategoryContext", wait_for(L"OnCategoryContextRemoved").as<IUccCategoryContextEvent>()->get_CategoryContext(&category));
    }
    while (text_of(category, &IUccCategoryContext::get_Name) != name);
}

static void publish_note(IUccEndpoint *endpoint, const wchar_t *words)
{
    auto manager = USE(IUccPublicationManager, endpoint);
    Ref<IUccCategoryInstance> instance;
    Ref<IUccPresenceNoteData> data;
    Ref<IUccLocaleString> content;
    Ref<IUccPublication> publication;
    must("CreatePublishableCategoryInstance", manager->CreatePublishableCategoryInstance(Text(L"note"), 0, 1, UCCCIET_STATIC, 0, &instance));
    auto note = USE(IUccPresenceNoteInstance, instance);
    must("CreateNote", note->CreateNote(UCCPNT_PERSONAL, &data));
    must("CreateContent", data->CreateContent(&content));
    must("String", content->put_String(Text(words)));
    must("Content", data->put_Content(content));
    must("AddNote", note->AddNote(data));
    must("PublicationOperation", instance->put_PublicationOperation(UCCPOT_ADD));
    must("CreatePublication", manager->CreatePublication(&publication));
    advise<_IUccPublicationEvent>(publication);
    must("AddPublishableCategoryInstance", publication->AddPublishableCategoryInstance(instance));
    must("Publish", publication->Publish(nullptr));
    HRESULT status = status_of(wait_for(L"OnPublish"));
    check("OnPublish", SUCCEEDED(status), status);
    check("a publication twice", publication->Publish(nullptr) == static_cast<HRESULT>(0x80EE0061));
    USED(IUccPublication);
    USED(_IUccPublicationEvent);
    USED(IUccPresenceNoteData);
}

static void manage_containers()
{
    auto manager = USE(IUccContainerMembershipManager, categories[L"containers"]);
    Ref<IUccContainerMember> member;
    Ref<IUccCollection> seen;
    VARIANT_BOOL found = VARIANT_FALSE;
    UCC_CONTAINER_MEMBERSHIP_SCOPE scope = UCCCMS_USER;
    must("TryFindContainerMember", manager->TryFindContainerMember(Text(L"bob@example.com"), UCCCMS_USER, UCCCMMT_BEST, &member, &found));
    must("Scope", found == VARIANT_TRUE ? member->get_Scope(&scope) : E_FAIL);
    check("the best member", scope == UCCCMS_COMPANY);
    must("TryFindContainerMember", manager->TryFindContainerMember(Text(L"bob@example.com"), UCCCMS_USER, UCCCMMT_EXACT, &member, &found));
    check("the exact member", found == VARIANT_FALSE && !member);
    must("GetCategoryInstancesForUri", manager->GetCategoryInstancesForUri(uri_of(L"sip:bob@example.com"), Text(L"note"), UCCCMS_EVERYONE, &seen));
    check("what bob sees", number_of(seen, &IUccCollection::get_Count) == 1);
    auto configuration = USE(IUccServerConfigurationCategory, categories[L"serverConfiguration"]);
    Ref<IUccUri> factory;
    must("FocusFactory", configuration->get_FocusFactory(&factory));
    check("FocusFactory", text_of(factory, &IUccUri::get_User) == L"conference-factory");
    auto policy = USE(IUccProvisioningPolicyInstance, instance_of(L"meetingPolicy"));
    Ref<IUccReadOnlyPropertyCollection> properties;
    must("Properties", policy->get_Properties(&properties));
    check("the policies", number_of(properties, &IUccReadOnlyPropertyCollection::get_Count) == 3);
}

int wmain(int argc, wchar_t **argv)
{
    program = "presence";
    setvbuf(stdout, nullptr, _IONBF, 0);
    if (argc != 3) return 2;
    where = wcscmp(argv[1], L"local") ? CLSCTX_INPROC_SERVER : CLSCTX_LOCAL_SERVER;
    must("CoInitializeEx", CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED));
    on_event = follow;
    auto endpoint = sign_in(argv[2]);
    Ref<IUccPresentity> bob, self;
    auto others = subscribe(endpoint, L"sip:bob@example.com", {L"state", L"note", L"contactCard", L"device", L"calendarData", L"services"}, bob);
    show_state(instance_of(L"state"));
    show_card(instance_of(L"contactCard"));
    show_device(instance_of(L"device"));
    show_calendar(instance_of(L"calendarData"));
    show_services(instance_of(L"services"));
    USED(_IUccPresentityEvents);
    USED(IUccCategoryContextEvent);
    USED(IUccCategoryContext);
    USED(_IUccCategoryContextEvents);
    USED(IUccCategoryInstanceEvent);

    publish_note(endpoint, L"go");
    wait_for_state(9500);
    USED(_IUccCategoryInstanceEvents);
    USED(IUccCategoryInstance);
    wait_for_removal(L"note");

    auto mine = subscribe(endpoint, L"sip:alice@example.com", {L"containers", L"serverConfiguration", L"meetingPolicy"}, self);
    instance_of(L"containers");
    manage_containers();
    must("Unsubscribe", others->Unsubscribe(nullptr));
    wait_for(L"OnUnsubscribe");
    must("Disable", endpoint->Disable(nullptr));
    wait_for(L"OnDisable");
    Ref<IUccCollection> left;
    must("CategoryContexts", self->get_CategoryContexts(&left));
    check("no category is left", number_of(left, &IUccCollection::get_Count) == 0);
    must("Shutdown", platform->Shutdown(nullptr));
    wait_for(L"OnShutdown");
    printf("presence: done\n");
    fflush(stdout);
    ExitProcess(0);
}
