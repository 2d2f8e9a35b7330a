// callbacks.exe SERVER ADDRESS PASSWORD PEER: one property with four listeners, each a bare IDispatch: one on this thread that
// pumps, one on a single-threaded apartment that has ended without a word, one on a single-threaded apartment that never
// pumps, one in the multi-threaded apartment that hangs. The property changes CHANGES times; the first has to hear all.
#include <initguid.h>
#include <windows.h>
#include <cstdio>
#include "ComIm.h"

static const int CHANGES = 5000;
static HANDLE release_hung;

struct Callback final : IDispatch
{
    volatile LONG Calls = 0;
    volatile LONG References = 1;
    DWORD Thread = GetCurrentThreadId();
    bool OnItsThread = true;
    bool Hangs = false;

    STDMETHODIMP QueryInterface(REFIID iid, void **object) override
    {
        *object = iid == IID_IUnknown || iid == IID_IDispatch ? this : nullptr;
        if (*object) AddRef();
        return *object ? S_OK : E_NOINTERFACE;
    }
    STDMETHODIMP_(ULONG) AddRef() override { return InterlockedIncrement(&References); }
    STDMETHODIMP_(ULONG) Release() override { return InterlockedDecrement(&References); }
    STDMETHODIMP GetTypeInfoCount(UINT *count) override { *count = 0; return S_OK; }
    STDMETHODIMP GetTypeInfo(UINT, LCID, ITypeInfo **) override { return E_NOTIMPL; }
    STDMETHODIMP GetIDsOfNames(REFIID, LPOLESTR *, UINT, LCID, DISPID *) override { return E_NOTIMPL; }
    STDMETHODIMP Invoke(DISPID id, REFIID, LCID, WORD, DISPPARAMS *arguments, VARIANT *, EXCEPINFO *, UINT *) override
    {
        if (id != DISPID_VALUE || arguments->cArgs != 3) return DISP_E_MEMBERNOTFOUND;
        OnItsThread = OnItsThread && GetCurrentThreadId() == Thread;
        InterlockedIncrement(&Calls);
        if (Hangs) WaitForSingleObject(release_hung, 60000);
        return S_OK;
    }
};

// What a thread of a host does: listens, says so, and waits.
struct Host
{
    IComImProperty *Property;
    DWORD Apartment;
    HANDLE Ready;
    HANDLE End;
    Callback *Listening;
    IComImListener *Listener;
    HRESULT Code;
};

static HRESULT Listen(IComImProperty *property, Callback *callback, IComImListener **listener)
{
    VARIANT function = {};
    function.vt = VT_DISPATCH;
    function.pdispVal = callback;
    return property->Changed(function, listener);
}

static DWORD WINAPI RunHost(void *parameter)
{
    auto host = static_cast<Host *>(parameter);
    CoInitializeEx(nullptr, host->Apartment);
    host->Listening = new Callback();
    host->Listening->Hangs = host->Apartment == COINIT_MULTITHREADED;
    host->Code = Listen(host->Property, host->Listening, &host->Listener);
    SetEvent(host->Ready);
    WaitForSingleObject(host->End, 120000);
    return 0;
}

static HANDLE Start(Host *host, IComImProperty *property, DWORD apartment)
{
    *host = {property, apartment, CreateEventW(nullptr, TRUE, FALSE, nullptr), CreateEventW(nullptr, TRUE, FALSE, nullptr)};
    HANDLE thread = CreateThread(nullptr, 0, RunHost, host, 0, nullptr);
    WaitForSingleObject(host->Ready, 60000);
    return thread;
}

static HRESULT Change(IComImProperty *property, int number)
{
    wchar_t text[20];
    swprintf(text, 20, L"%d", number);
    VARIANT value = {};
    value.vt = VT_BSTR;
    value.bstrVal = SysAllocString(text);
    HRESULT code = property->put_Value(value);
    VariantClear(&value);
    return code;
}

static void Print(const char *name, Callback *callback, IComImListener *listener)
{
    VARIANT_BOOL active = VARIANT_FALSE;
    long dropped = 0;
    listener->get_IsActive(&active);
    listener->get_Dropped(&dropped);
    printf("%s: calls %ld, active %d, dropped %ld, on its thread %d\n", name, callback->Calls, active != 0, dropped, callback->OnItsThread);
}

static HRESULT Run(wchar_t **argv)
{
    IComImApplication *app = nullptr;
    IComImConversationsManager *manager = nullptr;
    IComImConversation *conversation = nullptr;
    IComImProperty *topic = nullptr;
    HRESULT code = CoCreateInstance(CLSID_Application, nullptr, CLSCTX_INPROC_SERVER, IID_IComImApplication, (void **)&app);
    if (FAILED(code)) return code;
    code = app->SignIn(SysAllocString(argv[2]), SysAllocString(argv[3]), SysAllocString(argv[1]), SysAllocString(L"tcp"));
    if (FAILED(code)) return code;
    VARIANT person = {};
    person.vt = VT_BSTR;
    person.bstrVal = SysAllocString(argv[4]);
    if (FAILED(code = app->get_ConversationsManager(&manager)) || FAILED(code = manager->GetConversation(person, &conversation))
        || FAILED(code = conversation->get_Topic(&topic)))
    {
        return code;
    }

    Host dead, idle, hung;
    HANDLE dead_thread = Start(&dead, topic, COINIT_APARTMENTTHREADED);
    Start(&idle, topic, COINIT_APARTMENTTHREADED);
    Start(&hung, topic, COINIT_MULTITHREADED);
    if (FAILED(dead.Code) || FAILED(idle.Code) || FAILED(hung.Code)) return E_FAIL;
    SetEvent(dead.End);
    WaitForSingleObject(dead_thread, 60000);

    Callback good;
    IComImListener *listener = nullptr;
    if (FAILED(code = Listen(topic, &good, &listener))) return code;
    for (int i = 1; i <= CHANGES; i++)
    {
        if (FAILED(code = Change(topic, i))) return code;
    }

    app->Wait(0);
    Print("good", &good, listener);
    Print("dead", dead.Listening, dead.Listener);
    Print("idle", idle.Listening, idle.Listener);
    Print("hung", hung.Listening, hung.Listener);
    listener->Dispose();
    printf("references of the good one after Dispose: %ld\n", good.References);
    SetEvent(release_hung);
    return app->SignOut();
}

int wmain(int, wchar_t **argv)
{
    setvbuf(stdout, nullptr, _IONBF, 0);
    release_hung = CreateEventW(nullptr, TRUE, FALSE, nullptr);
    CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED);
    HRESULT code = Run(argv);
    if (FAILED(code)) printf("callbacks.exe: failed: 0x%08lx\n", (unsigned long)code);
    else printf("callbacks.exe: done\n");
    fflush(stdout);
    ExitProcess(FAILED(code));
}
