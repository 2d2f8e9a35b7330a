// idle.exe SERVER ADDRESS PASSWORD PEER sta|mta SIGNAL: advises a sink, signs in, says "ready", and then sits without a
// message loop until the file SIGNAL is there. In an MTA the sink hangs in its first message until then. It ends
// without Unadvise and without SignOut.
#include <initguid.h>
#include <windows.h>
#include <olectl.h>
#include <cstdio>
#include "ComIm.h"

static const wchar_t *signal_file;
static volatile LONG messages;
static volatile LONG calls;
static volatile LONG wrong_threads;
static DWORD main_thread;
static bool sta;

// While SendMessage waits it pumps, and the first answers may come in there.
static volatile bool idle;

static bool Signalled()
{
    return GetFileAttributesW(signal_file) != INVALID_FILE_ATTRIBUTES;
}

static void WaitForSignal()
{
    for (int i = 0; i < 6000 && !Signalled(); i++)
    {
        Sleep(10);
    }
}

struct Sink final : IDispatch
{
    STDMETHODIMP QueryInterface(REFIID iid, void **object) override
    {
        // Only IDispatch: a sink need not know the name of the source interface.
        *object = iid == IID_IUnknown || iid == IID_IDispatch ? this : nullptr;
        return *object ? S_OK : E_NOINTERFACE;
    }
    STDMETHODIMP_(ULONG) AddRef() override { return 2; }
    STDMETHODIMP_(ULONG) Release() override { return 1; }
    STDMETHODIMP GetTypeInfoCount(UINT *count) override { *count = 0; return S_OK; }
    STDMETHODIMP GetTypeInfo(UINT, LCID, ITypeInfo **) override { return E_NOTIMPL; }
    STDMETHODIMP GetIDsOfNames(REFIID, LPOLESTR *, UINT, LCID, DISPID *) override { return E_NOTIMPL; }
    STDMETHODIMP Invoke(DISPID id, REFIID, LCID, WORD, DISPPARAMS *, VARIANT *, EXCEPINFO *, UINT *) override
    {
        InterlockedIncrement(&calls);
        if ((GetCurrentThreadId() == main_thread) != sta)
        {
            InterlockedIncrement(&wrong_threads);
        }
        if (id == 1 && (idle || !sta) && !Signalled())
        {
            InterlockedIncrement(&messages);
            WaitForSignal();
        }
        return S_OK;
    }
};

static HRESULT Run(wchar_t **argv)
{
    IComImApplication *app = nullptr;
    HRESULT code = CoCreateInstance(CLSID_Application, nullptr, CLSCTX_INPROC_SERVER, IID_IComImApplication, (void **)&app);
    if (FAILED(code)) return code;
    IConnectionPointContainer *container = nullptr;
    IConnectionPoint *point = nullptr;
    static Sink sink;
    DWORD cookie;
    code = app->QueryInterface(IID_IConnectionPointContainer, (void **)&container);
    if (FAILED(code)) return code;
    code = container->FindConnectionPoint(DIID__IComImEvents, &point);
    if (FAILED(code)) return code;
    code = point->Advise(&sink, &cookie);
    if (FAILED(code)) return code;
    code = app->SignIn(SysAllocString(argv[2]), SysAllocString(argv[3]), SysAllocString(argv[1]), SysAllocString(L"udp"));
    if (FAILED(code)) return code;
    IComImMessage *message = nullptr;
    return app->SendMessage(SysAllocString(argv[4]), SysAllocString(L"ready"), &message);
}

int wmain(int, wchar_t **argv)
{
    setvbuf(stdout, nullptr, _IONBF, 0);
    signal_file = argv[6];
    main_thread = GetCurrentThreadId();
    sta = argv[5][0] == L's';
    CoInitializeEx(nullptr, sta ? COINIT_APARTMENTTHREADED : COINIT_MULTITHREADED);
    HRESULT code = Run(argv);
    if (FAILED(code))
    {
        printf("idle.exe: failed: 0x%08lx\n", (unsigned long)code);
        return 1;
    }
    idle = true;
    WaitForSignal();
    printf("events while idle: %ld\n", messages);
    printf("some calls: %s, on the wrong thread: %ld\n", calls > 0 ? "yes" : "no", wrong_threads);
    printf("idle.exe: done\n");
    // The sink may be running; its thread must not hold the process.
    fflush(stdout);
    ExitProcess(0);
}
