// What the C++ clients of the UCC API share: references, events by their names, and a message loop. Client.h and
// ClientEvents.h are made of the data, not of our IDL.
#pragma once
#include <initguid.h>
#include <windows.h>
#include <olectl.h>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <functional>
#include <string>
#include <vector>
#include "Client.h"
#include "ClientEvents.h"

// A reference that counts.
template <class T> class Ref
{
public:
    Ref() = default;
    explicit Ref(T *object) : _object(object) {}
    Ref(const Ref &other) : _object(other._object) { if (_object) _object->AddRef(); }
    Ref &operator=(Ref other) { std::swap(_object, other._object); return *this; }
    ~Ref() { if (_object) _object->Release(); }
    T *operator->() const { return _object; }
    operator T *() const { return _object; }
    T **operator&() { if (_object) _object->Release(); _object = nullptr; return &_object; }

private:
    T *_object = nullptr;
};

class Text
{
public:
    Text() = default;
    Text(const wchar_t *value) : _value(SysAllocString(value)) {}
    Text(const Text &) = delete;
    Text &operator=(const Text &) = delete;
    ~Text() { SysFreeString(_value); }
    operator BSTR() const { return _value; }
    BSTR *operator&() { SysFreeString(_value); _value = nullptr; return &_value; }
    const wchar_t *c_str() const { return _value ? _value : L""; }
    bool operator==(const wchar_t *other) const { return !wcscmp(c_str(), other); }

private:
    BSTR _value = nullptr;
};

static const char *program = "ucc";

static std::wstring error_text()
{
    Ref<IErrorInfo> error;
    Text description;
    if (GetErrorInfo(0, &error) == S_OK) error->GetDescription(&description);
    return description.c_str();
}

[[noreturn]] static void fail(const char *what, HRESULT code = 0)
{
    printf("%s: failed: %s: 0x%08lx %ls\n", program, what, static_cast<unsigned long>(code), error_text().c_str());
    exit(1);
}

static void must(const char *what, HRESULT code) { if (code != S_OK) fail(what, code); }

static void check(const char *what, bool right, HRESULT code = 0)
{
    if (!right) printf("wrong: %s (0x%08lx)\n", what, static_cast<unsigned long>(code));
}

template <class T> static Ref<T> cast(IUnknown *object)
{
    T *result = nullptr;
    if (object) object->QueryInterface(__uuidof(T), reinterpret_cast<void **>(&result));
    if (!result) fail("QueryInterface", E_NOINTERFACE);
    return Ref<T>(result);
}

static DWORD where = CLSCTX_INPROC_SERVER;

template <class T> static Ref<T> create(const CLSID &id)
{
    T *result = nullptr;
    HRESULT code = CoCreateInstance(id, nullptr, where, __uuidof(T), reinterpret_cast<void **>(&result));

    // Wine waits only some seconds for a server's process; one that comes later is there for who asks again.
    for (int again = 0; again < 10 && where == CLSCTX_LOCAL_SERVER && FAILED(code); again++)
    {
        Sleep(1000);
        code = CoCreateInstance(id, nullptr, where, __uuidof(T), reinterpret_cast<void **>(&result));
    }
    must("CoCreateInstance", code);
    return Ref<T>(result);
}

struct Event
{
    std::wstring name;
    Ref<IUnknown> source;
    Ref<IUnknown> data;

    template <class T> Ref<T> as() const { return cast<T>(data); }
};

static std::deque<Event> events;
static std::function<void(const Event &)> on_event;
static DWORD main_thread = GetCurrentThreadId();

// How many sinks there are.
static LONG sinks = 0;

// A sink for one event interface: it keeps what comes.
class Sink final : public IDispatch
{
public:
    explicit Sink(const IID &iid) : _iid(iid) { InterlockedIncrement(&sinks); }
    ~Sink() { InterlockedDecrement(&sinks); }

    STDMETHODIMP QueryInterface(REFIID iid, void **object) override
    {
        bool known = iid == IID_IUnknown || iid == IID_IDispatch || iid == _iid;
        *object = known ? this : nullptr;
        if (known) AddRef();
        return known ? S_OK : E_NOINTERFACE;
    }
    STDMETHODIMP_(ULONG) AddRef() override { return InterlockedIncrement(&_references); }
    STDMETHODIMP_(ULONG) Release() override
    {
        ULONG left = InterlockedDecrement(&_references);
        if (!left) delete this;
        return left;
    }
    STDMETHODIMP GetTypeInfoCount(UINT *count) override { *count = 0; return S_OK; }
    STDMETHODIMP GetTypeInfo(UINT, LCID, ITypeInfo **) override { return E_NOTIMPL; }
    STDMETHODIMP GetIDsOfNames(REFIID, LPOLESTR *, UINT, LCID, DISPID *) override { return E_NOTIMPL; }
    STDMETHODIMP Invoke(DISPID id, REFIID, LCID, WORD, DISPPARAMS *arguments, VARIANT *, EXCEPINFO *, UINT *) override
    {
        check("the thread of an event", GetCurrentThreadId() == main_thread);
        Event event;
        for (const auto &known : AllEvents)
        {
            if (known.id == id && *known.iid == _iid) event.name = known.name;
        }

        for (UINT i = 0; i < arguments->cArgs && i < 2; i++)
        {
            const VARIANT &argument = arguments->rgvarg[arguments->cArgs - 1 - i];
            if ((argument.vt == VT_DISPATCH || argument.vt == VT_UNKNOWN) && argument.punkVal)
            {
                argument.punkVal->AddRef();
                (i ? event.data : event.source) = Ref<IUnknown>(argument.punkVal);
            }
        }

        if (on_event) on_event(event);
        events.push_back(event);
        return S_OK;
    }

private:
    const IID _iid;
    LONG _references = 0;
};

template <class T> static DWORD advise(IUnknown *source)
{
    auto container = cast<IConnectionPointContainer>(source);
    Ref<IConnectionPoint> point;
    must("FindConnectionPoint", container->FindConnectionPoint(__uuidof(T), &point));
    Ref<IUnknown> sink(new Sink(__uuidof(T)));
    sink->AddRef();
    DWORD cookie = 0;
    must("Advise", point->Advise(sink, &cookie));
    return cookie;
}

template <class T> static void unadvise(IUnknown *source, DWORD cookie)
{
    auto container = cast<IConnectionPointContainer>(source);
    Ref<IConnectionPoint> point;
    must("FindConnectionPoint", container->FindConnectionPoint(__uuidof(T), &point));
    must("Unadvise", point->Unadvise(cookie));
}

// Runs the message loop until something holds or the time is up, which guards against hanging only.
static bool pump_until(const std::function<bool()> &holds, DWORD milliseconds = 90000)
{
    const ULONGLONG end = GetTickCount64() + milliseconds;
    MSG message;
    while (true)
    {
        while (PeekMessageW(&message, nullptr, 0, 0, PM_REMOVE)) DispatchMessageW(&message);
        if (holds()) return true;
        const ULONGLONG now = GetTickCount64();
        if (now >= end) return false;

        // Also for messages that another loop, such as that of a call under way, has seen and left.
        MsgWaitForMultipleObjectsEx(0, nullptr, static_cast<DWORD>(end - now), QS_ALLINPUT, MWMO_INPUTAVAILABLE);
    }
}

// Takes the first event of a name; what came before it and has another name stays.
static Event wait_for(const wchar_t *name, DWORD milliseconds = 90000)
{
    auto found = events.end();
    bool came = pump_until([&] {
        for (found = events.begin(); found != events.end(); ++found)
        {
            if (found->name == name) return true;
        }
        return false;
    }, milliseconds);
    if (!came)
    {
        for (const auto &event : events) printf("still there: %ls\n", event.name.c_str());
        printf("no %ls came\n", name);
        fail("an event did not come");
    }
    Event result = *found;
    events.erase(found);
    return result;
}

static HRESULT status_of(const Event &event)
{
    auto progress = event.as<IUccOperationProgressEvent>();
    VARIANT_BOOL complete = VARIANT_FALSE;
    HRESULT status = E_FAIL;
    must("IsComplete", progress->get_IsComplete(&complete));
    must("StatusCode", progress->get_StatusCode(&status));
    check("IsComplete", complete == VARIANT_TRUE);
    return status;
}

static long operation_of(const Event &event)
{
    Ref<IUccOperationContext> operation;
    long id = -1;
    event.as<IUccOperationProgressEvent>()->get_OriginalOperationContext(&operation);
    if (operation) operation->get_OperationId(&id);
    return id;
}

// Wine starts a surrogate for each object that is created out of process, so there only the first operations have contexts.
static bool has_context(long id) { return where == CLSCTX_INPROC_SERVER || id <= 2; }

static Ref<IUccOperationContext> operation(long id)
{
    if (!has_context(id)) return Ref<IUccOperationContext>();
    auto result = create<IUccOperationContext>(__uuidof(UccOperationContext));
    must("Initialize of an operation", result->Initialize(id, nullptr));
    return result;
}

static bool is_operation(const Event &event, long id) { return operation_of(event) == (has_context(id) ? id : -1); }

static Ref<IUccUri> uri_of(const wchar_t *text)
{
    static auto manager = create<IUccUriManager>(__uuidof(UccUriManager));
    Ref<IUccUri> uri;
    must("ParseUri", manager->ParseUri(Text(text), &uri));
    return uri;
}

static VARIANT variant_of(BSTR text)
{
    VARIANT result;
    VariantInit(&result);
    V_VT(&result) = VT_BSTR;
    V_BSTR(&result) = text;
    return result;
}
