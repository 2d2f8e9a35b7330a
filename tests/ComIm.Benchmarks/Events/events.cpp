// events SERVER COUNT: events a second from the product's connection points into a sink in an STA and one in an MTA,
// beside a bare loop of IDispatch::Invoke on the same sink. SERVER is the comhost of ComIm.Com.TestServer.
// Prints "name<tab>events a second", and "events: done" at last.
#include <initguid.h>
#include <windows.h>
#include <olectl.h>
#include <cstdio>
#include <cstdlib>

MIDL_INTERFACE("0a6f2f0e-55c4-4d0c-9f0b-2f8d3a8d8a51") IUccFactory : public IUnknown
{
    virtual HRESULT STDMETHODCALLTYPE Create(BSTR name, IUnknown **result) = 0;
};
MIDL_INTERFACE("5f0f2c8e-60b1-4d9c-8b3f-3f5b0a6f2d17") IEventSource : public IUnknown
{
    virtual HRESULT STDMETHODCALLTYPE Start(long count, VARIANT_BOOL withObjects) = 0;
};
__CRT_UUID_DECL(IUccFactory, 0x0a6f2f0e, 0x55c4, 0x4d0c, 0x9f, 0x0b, 0x2f, 0x8d, 0x3a, 0x8d, 0x8a, 0x51)
__CRT_UUID_DECL(IEventSource, 0x5f0f2c8e, 0x60b1, 0x4d9c, 0x8b, 0x3f, 0x3f, 0x5b, 0x0a, 0x6f, 0x2d, 0x17)
DEFINE_GUID(FactoryClass, 0xc7d52f0c, 0x0b5a, 0x4a58, 0x8a, 0x3c, 0x6c, 0x6a, 0x4f, 0x3f, 0x1b, 0x7e);
DEFINE_GUID(ComImEvents, 0xf0e15273, 0xed31, 0x4d39, 0xb4, 0x41, 0x11, 0x7e, 0x84, 0x44, 0x7c, 0xa6);

static const GUID NoId = {};

struct Sink : IDispatch
{
    volatile LONG count = 0;

    STDMETHODIMP QueryInterface(REFIID iid, void **object) override
    {
        bool known = iid == IID_IUnknown || iid == IID_IDispatch || iid == ComImEvents;
        *object = known ? this : nullptr;
        return known ? S_OK : E_NOINTERFACE;
    }
    STDMETHODIMP_(ULONG) AddRef() override { return 2; }
    STDMETHODIMP_(ULONG) Release() override { return 1; }
    STDMETHODIMP GetTypeInfoCount(UINT *) override { return E_NOTIMPL; }
    STDMETHODIMP GetTypeInfo(UINT, LCID, ITypeInfo **) override { return E_NOTIMPL; }
    STDMETHODIMP GetIDsOfNames(REFIID, LPOLESTR *, UINT, LCID, DISPID *) override { return E_NOTIMPL; }
    STDMETHODIMP Invoke(DISPID id, REFIID, LCID, WORD, DISPPARAMS *, VARIANT *, EXCEPINFO *, UINT *) override
    {
        if (id == 2) count = count + 1;
        return S_OK;
    }
};

static void must(const char *what, HRESULT code)
{
    if (FAILED(code))
    {
        printf("events: failed: %s 0x%08lx\n", what, static_cast<unsigned long>(code));
        exit(1);
    }
}

static double seconds()
{
    LARGE_INTEGER now, frequency;
    QueryPerformanceCounter(&now);
    QueryPerformanceFrequency(&frequency);
    return static_cast<double>(now.QuadPart) / frequency.QuadPart;
}

// As an event is raised by a server in C++: a VARIANT, a string, a call.
static double bare(long count)
{
    Sink sink;
    IDispatch *dispatch = &sink;
    double start = seconds();
    for (long i = 0; i < count; i++)
    {
        VARIANT argument;
        argument.vt = VT_BSTR;
        argument.bstrVal = SysAllocString(L"SignedIn");
        DISPPARAMS parameters = {&argument, nullptr, 1, 0};
        dispatch->Invoke(2, NoId, LOCALE_USER_DEFAULT, DISPATCH_METHOD, &parameters, nullptr, nullptr, nullptr);
        VariantClear(&argument);
    }
    return count / (seconds() - start);
}

static double events(IUccFactory *factory, long count, bool sta, bool objects)
{
    IUnknown *object = nullptr;
    IEventSource *source = nullptr;
    IConnectionPointContainer *container = nullptr;
    IConnectionPoint *point = nullptr;
    DWORD cookie = 0;
    // It is released on the thread that calls it, which may be after this function has returned.
    Sink &sink = *new Sink;
    must("Create", factory->Create(SysAllocString(objects ? L"UccEventSource" : L"EventSource"), &object));
    must("the source", object->QueryInterface(__uuidof(IEventSource), reinterpret_cast<void **>(&source)));
    must("the container", object->QueryInterface(IID_IConnectionPointContainer, reinterpret_cast<void **>(&container)));
    must("the point", container->FindConnectionPoint(ComImEvents, &point));
    must("Advise", point->Advise(&sink, &cookie));
    double start = seconds();
    must("Start", source->Start(count, objects ? VARIANT_TRUE : VARIANT_FALSE));
    while (sink.count < count)
    {
        MSG message;
        if (!sta) Sleep(1);
        else if (GetMessageW(&message, nullptr, 0, 0)) DispatchMessageW(&message);
        if (seconds() - start > 120) must("the events", E_ABORT);
    }
    double rate = count / (seconds() - start);
    point->Unadvise(cookie);
    point->Release();
    container->Release();
    source->Release();
    object->Release();
    return rate;
}

int wmain(int argc, wchar_t **argv)
{
    setvbuf(stdout, nullptr, _IONBF, 0);
    bool sta = argc > 3 && !wcscmp(argv[3], L"sta");
    CoInitializeEx(nullptr, sta ? COINIT_APARTMENTTHREADED : COINIT_MULTITHREADED);
    HMODULE server = LoadLibraryW(argv[1]);
    long count = _wtol(argv[2]);
    auto get = reinterpret_cast<HRESULT(WINAPI *)(REFCLSID, REFIID, void **)>(reinterpret_cast<void *>(GetProcAddress(server, "DllGetClassObject")));
    IClassFactory *classes = nullptr;
    IUccFactory *factory = nullptr;
    must("DllGetClassObject", get(FactoryClass, IID_IClassFactory, reinterpret_cast<void **>(&classes)));
    must("CreateInstance", classes->CreateInstance(nullptr, __uuidof(IUccFactory), reinterpret_cast<void **>(&factory)));
    events(factory, count / 5, sta, false);
    for (int run = 0; run < 5; run++)
    {
        printf("bare\t%.0f\n", bare(count));
        printf("text\t%.0f\n", events(factory, count, sta, false));
        printf("objects\t%.0f\n", events(factory, count, sta, true));
    }
    printf("events: done\n");
    return 0;
}
