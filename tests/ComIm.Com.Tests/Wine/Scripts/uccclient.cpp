// uccclient SERVER: a client of the original UCC API, in a single-threaded apartment; prints "wrong: ..." for each
// surprise and ends with "uccclient: done". SERVER is the comhost of ComIm.Com.TestServer.
#include <initguid.h>
#include <windows.h>
#include <olectl.h>
#include <cstdio>
#include <string>
#include "Client.h"

MIDL_INTERFACE("0a6f2f0e-55c4-4d0c-9f0b-2f8d3a8d8a51") IUccFactory : public IUnknown
{
    virtual HRESULT STDMETHODCALLTYPE Create(BSTR name, IUnknown **result) = 0;
};
__CRT_UUID_DECL(IUccFactory, 0x0a6f2f0e, 0x55c4, 0x4d0c, 0x9f, 0x0b, 0x2f, 0x8d, 0x3a, 0x8d, 0x8a, 0x51)
DEFINE_GUID(FactoryClass, 0xc7d52f0c, 0x0b5a, 0x4a58, 0x8a, 0x3c, 0x6c, 0x6a, 0x4f, 0x3f, 0x1b, 0x7e);

static const GUID NoId = {};
static IUccFactory *factory;

static void check(const char *what, bool right, HRESULT code = 0)
{
    if (!right) printf("wrong: %s (0x%08lx)\n", what, static_cast<unsigned long>(code));
}

static BSTR text(const wchar_t *value) { return SysAllocString(value); }

static bool is(BSTR value, const wchar_t *expected) { return value && !wcscmp(value, expected); }

template <class T> static T *cast(IUnknown *object)
{
    T *result = nullptr;
    if (object) object->QueryInterface(__uuidof(T), reinterpret_cast<void **>(&result));
    return result;
}

template <class T> static T *create(const wchar_t *name)
{
    IUnknown *object = nullptr;
    HRESULT code = factory->Create(text(name), &object);
    check("Create", code == S_OK && object, code);
    T *result = cast<T>(object);
    check("QueryInterface", result);
    return result;
}

static void enumerate(IUccCollection *collection)
{
    IUnknown *unknown = nullptr;
    check("_NewEnum", collection->get__NewEnum(&unknown) == S_OK && unknown);
    auto list = cast<IEnumVARIANT>(unknown);
    VARIANT items[3];
    memset(items, 0xCD, sizeof items);
    ULONG fetched = 0;
    HRESULT code = list ? list->Next(3, items, &fetched) : E_FAIL;
    check("Next", code == S_FALSE && fetched == 2, code);
    auto property = fetched ? cast<IUccProperty>(V_UNKNOWN(&items[1])) : nullptr;
    BSTR name = nullptr;
    check("an enumerated property", property && property->get_Name(&name) == S_OK && is(name, L"Participant"));
}

static void use_context()
{
    auto context = create<IUccContext>(L"UccContext");
    VARIANT value;
    VariantInit(&value);
    V_VT(&value) = VT_BSTR;
    V_BSTR(&value) = text(L"conversation");
    IUccProperty *property = nullptr;
    HRESULT code = context->AddProperty(10000, value, &property);
    check("AddProperty", code == S_OK && property, code);
    long id = 0;
    BSTR string = nullptr;
    check("Id", property->get_Id(&id) == S_OK && id == 10000);
    check("StringValue", property->get_StringValue(&string) == S_OK && is(string, L"conversation"));
    check("the wrong view", property->get_NumericValue(&id) == DISP_E_TYPEMISMATCH);
    check("Name of a numbered property", property->get_Name(&string) == static_cast<HRESULT>(0x80EE0058));
    code = context->AddNamedProperty(text(L"Participant"), value, &property);
    check("AddNamedProperty", code == S_OK, code);
    check("put NumericValue", property->put_NumericValue(42) == S_OK);
    VARIANT read;
    VariantInit(&read);
    check("Value", property->get_Value(&read) == S_OK && V_VT(&read) == VT_I4 && V_I4(&read) == 42);
    check("put BoolValue", property->put_BoolValue(VARIANT_TRUE) == S_OK);
    VARIANT_BOOL flag = 0;
    check("BoolValue", property->get_BoolValue(&flag) == S_OK && flag == VARIANT_TRUE);
    check("put ObjectValue", property->put_ObjectValue(context) == S_OK);
    IUnknown *object = nullptr;
    check("ObjectValue", property->get_ObjectValue(&object) == S_OK && cast<IUccContext>(object) == context);

    // Through every interface on the way up: each has the slots of its bases.
    auto collection = cast<IUccCollection>(context);
    auto properties = cast<IUccPropertyCollection>(context);
    auto fixed = cast<IUccReadOnlyPropertyCollection>(context);
    long count = 0;
    check("Count of the context", context->get_Count(&count) == S_OK && count == 2);
    check("Count of the collection", collection->get_Count(&(count = 0)) == S_OK && count == 2);
    check("Count of the properties", properties->get_Count(&(count = 0)) == S_OK && count == 2);
    check("Count of what is read only", fixed->get_Count(&(count = 0)) == S_OK && count == 2);
    check("Item", collection->get_Item(1, &read) == S_OK && cast<IUccProperty>(V_UNKNOWN(&read)));
    check("Item beyond the end", FAILED(collection->get_Item(3, &read)));
    check("Property", fixed->get_Property(10000, &property) == S_OK);
    check("NamedProperty", fixed->get_NamedProperty(text(L"Participant"), &property) == S_OK);
    check("IsPropertySet", fixed->IsPropertySet(10000, &flag) == S_OK && flag == VARIANT_TRUE);
    check("IsNamedPropertySet", context->IsNamedPropertySet(text(L"other"), &(flag = -1)) == S_OK && flag == VARIANT_FALSE);
    enumerate(collection);
    check("RemoveProperty", properties->RemoveProperty(10000) == S_OK);
    check("RemoveNamedProperty", context->RemoveNamedProperty(text(L"Participant")) == S_OK);
    check("Count at the end", context->get_Count(&count) == S_OK && count == 0);
}

static void use_late_binding()
{
    auto dispatch = create<IDispatch>(L"UccContext");
    LPOLESTR name = const_cast<LPOLESTR>(L"addproperty");
    DISPID id = 0;
    HRESULT code = dispatch->GetIDsOfNames(NoId, &name, 1, 0, &id);
    check("GetIDsOfNames", code == S_OK, code);
    VARIANT arguments[2] = {};
    V_VT(&arguments[0]) = VT_BSTR;
    V_BSTR(&arguments[0]) = text(L"late");
    V_VT(&arguments[1]) = VT_I4;
    V_I4(&arguments[1]) = 7;
    DISPPARAMS parameters = {arguments, nullptr, 2, 0};
    VARIANT result;
    VariantInit(&result);
    code = dispatch->Invoke(id, NoId, 0, DISPATCH_METHOD, &parameters, &result, nullptr, nullptr);
    check("Invoke", code == S_OK && V_VT(&result) == VT_DISPATCH, code);
    auto property = code == S_OK ? cast<IUccProperty>(V_DISPATCH(&result)) : nullptr;
    BSTR value = nullptr;
    check("a property late bound", property && property->get_StringValue(&value) == S_OK && is(value, L"late"));
}

static void use_uris()
{
    auto manager = create<IUccUriManager>(L"UccUriManager");
    IUccUri *uri = nullptr, *other = nullptr;
    HRESULT code = manager->ParseUri(text(L"sip:alice@example.com:5070;transport=tcp"), &uri);
    check("ParseUri", code == S_OK && uri, code);
    UCC_URI_SCHEME scheme;
    UCC_TRANSPORT_MODE transport;
    BSTR value = nullptr;
    long port = 0;
    VARIANT_BOOL equal = VARIANT_FALSE;
    check("Scheme", uri->get_Scheme(&scheme) == S_OK && scheme == UCCUS_SIP);
    check("User", uri->get_User(&value) == S_OK && is(value, L"alice"));
    check("Port", uri->get_Port(&port) == S_OK && port == 5070);
    check("Transport", uri->get_Transport(&transport) == S_OK && transport == UCCTM_TCP);
    check("AddressOfRecord", uri->get_AddressOfRecord(&value) == S_OK && is(value, L"sip:alice@example.com"));
    IUccReadOnlyPropertyCollection *parameters = nullptr;
    check("Parameters", uri->get_Parameters(&parameters) == S_OK && parameters);
    check("ConvertUri", manager->ConvertUri(text(L"alice"), text(L"EXAMPLE.com"), &other) == S_OK);
    check("IsEqual", uri->IsEqual(other, UCCUCO_USER_HOST, &equal) == S_OK && equal == VARIANT_TRUE);
    code = manager->ParseUri(text(L"nonsense"), &other);
    IErrorInfo *error = nullptr;
    BSTR description = nullptr;
    if (GetErrorInfo(0, &error) == S_OK) error->GetDescription(&description);
    check("a bad URI", code == static_cast<HRESULT>(0x80EE0012) && description && wcsstr(description, L"nonsense"), code);
}

struct Sink : _IUccPlatformEvents
{
    DWORD thread = GetCurrentThreadId();
    IUccPlatform *platform = nullptr;
    IUccOperationContext *operation = nullptr;
    bool called = false;

    HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void **result) override
    {
        bool known = iid == IID_IUnknown || iid == IID_IDispatch || iid == __uuidof(_IUccPlatformEvents);
        *result = known ? this : nullptr;
        return known ? S_OK : E_NOINTERFACE;
    }
    ULONG STDMETHODCALLTYPE AddRef() override { return 2; }
    ULONG STDMETHODCALLTYPE Release() override { return 1; }
    HRESULT STDMETHODCALLTYPE GetTypeInfoCount(UINT *count) override { *count = 0; return S_OK; }
    HRESULT STDMETHODCALLTYPE GetTypeInfo(UINT, LCID, ITypeInfo **) override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE GetIDsOfNames(REFIID, LPOLESTR *, UINT, LCID, DISPID *) override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE Invoke(DISPID id, REFIID, LCID, WORD, DISPPARAMS *parameters, VARIANT *, EXCEPINFO *, UINT *) override
    {
        check("the event and its thread", id == 100 && parameters->cArgs == 2 && GetCurrentThreadId() == thread);
        auto source = cast<IUccPlatform>(V_UNKNOWN(&parameters->rgvarg[1]));
        auto data = cast<IUccOperationProgressEvent>(V_UNKNOWN(&parameters->rgvarg[0]));
        HRESULT status = E_FAIL;
        VARIANT_BOOL complete = VARIANT_FALSE;
        IUccOperationContext *original = nullptr;
        check("the source", source == platform);
        check("StatusCode", data && data->get_StatusCode(&status) == S_OK && status == S_OK);
        check("IsComplete", data && data->get_IsComplete(&complete) == S_OK && complete == VARIANT_TRUE);
        check("OriginalOperationContext", data && data->get_OriginalOperationContext(&original) == S_OK && original == operation);
        called = true;
        return S_OK;
    }
};

static void use_platform()
{
    auto platform = create<IUccPlatform>(L"UccPlatform");
    auto operation = create<IUccOperationContext>(L"UccOperationContext");
    check("before Initialize", platform->Shutdown(nullptr) == static_cast<HRESULT>(0x80EE0025));
    check("Initialize", platform->Initialize(text(L"uccclient"), nullptr) == S_OK);
    check("Initialize again", platform->Initialize(text(L"uccclient"), nullptr) == static_cast<HRESULT>(0x80EE0026));
    auto devices = cast<IUccMediaDeviceManager>(platform);
    IUccMediaDevice *device = nullptr;
    check("a device", devices && devices->GetNullDevice(static_cast<UCC_MEDIA_TYPES>(1), static_cast<UCC_MEDIA_DIRECTIONS>(1), &device)
        == static_cast<HRESULT>(0x80EE006E));
    auto tracing = cast<IUccTraceSettings>(platform);
    VARIANT_BOOL enabled = VARIANT_TRUE;
    check("TracingEnabled", tracing && tracing->get_TracingEnabled(&enabled) == S_OK && enabled == VARIANT_FALSE);

    check("an operation", operation->Initialize(7, create<IUccContext>(L"UccContext")) == S_OK);
    long id = 0;
    check("OperationId", operation->get_OperationId(&id) == S_OK && id == 7);
    auto container = cast<IConnectionPointContainer>(platform);
    IConnectionPoint *point = nullptr;
    HRESULT code = container ? container->FindConnectionPoint(__uuidof(_IUccPlatformEvents), &point) : E_NOINTERFACE;
    check("FindConnectionPoint", code == S_OK && point, code);
    Sink sink;
    sink.platform = platform;
    sink.operation = operation;
    DWORD cookie = 0;
    code = point ? point->Advise(&sink, &cookie) : E_FAIL;
    check("Advise", code == S_OK, code);
    check("Shutdown", platform->Shutdown(operation) == S_OK);
    MSG message;
    for (DWORD end = GetTickCount() + 90000; !sink.called && GetTickCount() < end; MsgWaitForMultipleObjects(0, nullptr, FALSE, 100, QS_ALLINPUT))
    {
        while (PeekMessageW(&message, nullptr, 0, 0, PM_REMOVE)) DispatchMessageW(&message);
    }

    check("OnShutdown", sink.called);
    check("Unadvise", point && point->Unadvise(cookie) == S_OK);
    check("after Shutdown", platform->Initialize(text(L"uccclient"), nullptr) == static_cast<HRESULT>(0x80EE0027));
}

int wmain(int argc, wchar_t **argv)
{
    setvbuf(stdout, nullptr, _IONBF, 0);
    CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED);
    HMODULE server = argc > 1 ? LoadLibraryW(argv[1]) : nullptr;
    auto get = server ? reinterpret_cast<HRESULT(WINAPI *)(REFCLSID, REFIID, void **)>(GetProcAddress(server, "DllGetClassObject")) : nullptr;
    IClassFactory *classes = nullptr;
    HRESULT code = get ? get(FactoryClass, IID_IClassFactory, reinterpret_cast<void **>(&classes)) : E_FAIL;
    if (SUCCEEDED(code)) code = classes->CreateInstance(nullptr, __uuidof(IUccFactory), reinterpret_cast<void **>(&factory));
    if (FAILED(code))
    {
        printf("uccclient: failed 0x%08lx\n", static_cast<unsigned long>(code));
        return 1;
    }

    use_context();
    use_late_binding();
    use_uris();
    use_platform();
    printf("uccclient: done\n");
    return 0;
}
