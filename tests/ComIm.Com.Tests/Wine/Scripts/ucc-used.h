// What the programs share that use the UCC API beyond its core: they say which interfaces they use, in lines "used: NAME", so that a
// test can see that none of its list is left out. Also a platform, an endpoint that signs in, and what properties and collections hold.
#pragma once
#include "ucc-endpoint.h"
#include <set>
#include <type_traits>
#include "ClientClasses.h"

static const HRESULT MediaDisabled = static_cast<HRESULT>(0x80EE006E);
static const HRESULT NotExist = static_cast<HRESULT>(0x80EE0058);
static const HRESULT NotAllowed = static_cast<HRESULT>(0x80EE0082);

static void used(const char *name) { printf("used: %s\n", name); }

static bool answers(IUnknown *object, REFIID iid)
{
    IUnknown *found = nullptr;
    HRESULT code = object->QueryInterface(iid, reinterpret_cast<void **>(&found));
    if (SUCCEEDED(code)) found->Release();
    return SUCCEEDED(code) && found;
}

// An object of a class answers all of the class's interfaces, and has connection points for all of its events.
static void check_class(IUnknown *object, const ClassEntry &entry)
{
    static std::set<std::string> seen;
    if (!seen.insert(entry.name).second) return;
    for (const IID *iid : entry.interfaces)
    {
        if (!answers(object, *iid)) printf("wrong: %s lacks an interface\n", entry.name);
    }

    check(entry.name, answers(object, IID_IDispatch));
    for (const IID *iid : entry.sources)
    {
        Ref<IConnectionPoint> point;
        IID told;
        if (FAILED(cast<IConnectionPointContainer>(object)->FindConnectionPoint(*iid, &point)) || point->GetConnectionInterface(&told) != S_OK || told != *iid)
        {
            printf("wrong: %s lacks the events of an interface\n", entry.name);
        }
    }
    printf("class: %s\n", entry.name);
}

// Which class an object is of it says itself; those that the type library has no class for say nothing.
static void walk(IUnknown *object)
{
    Ref<IProvideClassInfo> provider;
    Ref<ITypeInfo> info;
    TYPEATTR *attributes = nullptr;
    if (!object || FAILED(object->QueryInterface(IID_IProvideClassInfo, reinterpret_cast<void **>(&provider)))) return;
    if (FAILED(provider->GetClassInfo(&info)) || !info || FAILED(info->GetTypeAttr(&attributes))) return;
    for (const auto &entry : AllClasses)
    {
        CLSID id;
        if (SUCCEEDED(CLSIDFromString(entry.clsid, &id)) && id == attributes->guid) check_class(object, entry);
    }
    info->ReleaseTypeAttr(attributes);
}

static void walk_event(const Event &event)
{
    walk(event.source);
    walk(event.data);
}

template <class T> static Ref<T> walked(Ref<T> object)
{
    walk(object);
    return object;
}

// An interface of an object, to be used; an event of an interface, which has come.
#define USE(T, object) (used(#T), walked(cast<T>(object)))
#define WAIT(T, name) (used(#T), wait_for(name))
#define DATA(T, event) (used(#T), (event).as<T>())

static Ref<IUccPlatform> platform;

template <class T> static Ref<T> take(T *object) { return Ref<T>(object); }

// Reads what one [out] parameter gives; the caller owns it.
template <class T, class I, class B> static T get(const char *what, I *object, HRESULT (STDMETHODCALLTYPE B::*member)(T *))
{
    T value{};
    must(what, (object->*member)(&value));
    return value;
}

#define GET(object, name) get(#name, (object).operator->(), &std::remove_pointer_t<decltype((object).operator->())>::get_##name)
#define OBJECT(object, name) take(GET(object, name))

static std::wstring text_of(BSTR value)
{
    std::wstring result(value ? value : L"");
    SysFreeString(value);
    return result;
}

#define TEXT_OF(object, name) text_of(GET(object, name))

static Ref<IUnknown> item_of(IUccCollection *collection, long index)
{
    VARIANT item;
    VariantInit(&item);
    must("Item", collection->get_Item(index, &item));
    if (V_VT(&item) != VT_DISPATCH && V_VT(&item) != VT_UNKNOWN) fail("an item is no object");
    return Ref<IUnknown>(V_UNKNOWN(&item));
}

static long count_of(IUccCollection *collection)
{
    long count = -1;
    must("Count", collection->get_Count(&count));
    return count;
}

static VARIANT value_of(IUccReadOnlyPropertyCollection *properties, long id)
{
    Ref<IUccProperty> property;
    VARIANT value;
    VariantInit(&value);
    must("Property", properties->get_Property(id, &property));
    must("Value", property->get_Value(&value));
    return value;
}

static Ref<IUnknown> object_of(IUccReadOnlyPropertyCollection *properties, long id)
{
    VARIANT value = value_of(properties, id);
    if (V_VT(&value) != VT_DISPATCH && V_VT(&value) != VT_UNKNOWN) fail("a property is no object");
    return Ref<IUnknown>(V_UNKNOWN(&value));
}

static std::wstring string_of(IUccReadOnlyPropertyCollection *properties, long id)
{
    VARIANT value = value_of(properties, id);
    return V_VT(&value) == VT_BSTR ? text_of(V_BSTR(&value)) : std::wstring(L"(no text)");
}

static VARIANT variant_of(bool value)
{
    VARIANT result;
    VariantInit(&result);
    V_VT(&result) = VT_BOOL;
    V_BOOL(&result) = value ? VARIANT_TRUE : VARIANT_FALSE;
    return result;
}

static void make_platform(const wchar_t *name)
{
    platform = create<IUccPlatform>(__uuidof(UccPlatform));
    advise<_IUccPlatformEvents>(platform);
    must("Initialize", platform->Initialize(Text(name), nullptr));
}

static Ref<IUccEndpoint> make_endpoint(const wchar_t *server, const wchar_t *user)
{
    Ref<IUccEndpoint> endpoint;
    std::wstring uri = std::wstring(L"sip:") + user + L"@example.com", password = std::wstring(L"secret-") + user;
    must("CreateEndpoint", platform->CreateEndpoint(UCCET_PRINCIPAL_SERVER_BASED, uri_of(uri.c_str()), nullptr, nullptr, &endpoint));
    advise<_IUccEndpointEvents>(endpoint);
    advise<_IUccSessionManagerEvents>(endpoint);
    set_server(endpoint, user, password.c_str(), server);
    return endpoint;
}

static void shut_down()
{
    must("Shutdown", platform->Shutdown(nullptr));
    wait_for(L"OnShutdown");
}

static int run(const char *name, const std::function<void()> &work)
{
    setvbuf(stdout, nullptr, _IONBF, 0);
    program = name;
    on_event = walk_event;
    CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED);
    work();
    printf("%s: done\n", name);
    return 0;
}
