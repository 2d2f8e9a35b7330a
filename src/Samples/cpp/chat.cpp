// Signs in, says hello to another person and waits for one answer, which comes as an event through IConnectionPoint.
//
//   chat.exe SERVER ADDRESS PASSWORD PEER [TRANSPORT]
//
// Build, with the header that the build of ComIm.Com makes from ComIm.idl (sdk/ComIm.h beside ComIm.Com.dll):
//   x86_64-w64-mingw32-g++ -std=c++17 -municode -static -I SDK chat.cpp -o chat.exe -lole32 -loleaut32 -luuid
//
// The last line is "chat.exe: done", or "chat.exe: failed: ..." with exit code 1.
#include <initguid.h>
#include <windows.h>
#include <olectl.h>
#include <cstdio>
#include "ComIm.h"

// A BSTR that frees itself.
class Text
{
public:
    explicit Text(const wchar_t *value) : _value(SysAllocString(value)) {}
    Text() : _value(nullptr) {}
    Text(const Text &) = delete;
    Text &operator=(const Text &) = delete;
    ~Text() { SysFreeString(_value); }
    operator BSTR() const { return _value; }
    BSTR *operator&() { return &_value; }
    const wchar_t *c_str() const { return _value ? _value : L""; }

private:
    BSTR _value;
};

// The sink: events of _IComImEvents arrive at Invoke by their DISPIDs. Because it lives in a single-threaded apartment
// it is called on this thread, when the message loop runs.
class ChatEvents final : public IDispatch
{
public:
    bool Received = false;

    STDMETHODIMP QueryInterface(REFIID iid, void **object) override
    {
        if (iid == IID_IUnknown || iid == IID_IDispatch || iid == DIID__IComImEvents)
        {
            *object = static_cast<IDispatch *>(this);
            AddRef();
            return S_OK;
        }
        *object = nullptr;
        return E_NOINTERFACE;
    }
    STDMETHODIMP_(ULONG) AddRef() override { return ++_references; }
    STDMETHODIMP_(ULONG) Release() override { return --_references; }
    STDMETHODIMP GetTypeInfoCount(UINT *count) override { *count = 0; return S_OK; }
    STDMETHODIMP GetTypeInfo(UINT, LCID, ITypeInfo **) override { return E_NOTIMPL; }
    STDMETHODIMP GetIDsOfNames(REFIID, LPOLESTR *, UINT, LCID, DISPID *) override { return E_NOTIMPL; }

    STDMETHODIMP Invoke(DISPID id, REFIID, LCID, WORD, DISPPARAMS *arguments, VARIANT *, EXCEPINFO *, UINT *) override
    {
        if (id == 1)
        {
            OnMessageReceived(arguments->rgvarg[0].pdispVal);
        }
        else if (id == 2)
        {
            printf("event: %ls\n", arguments->rgvarg[0].bstrVal);
        }
        return S_OK;
    }

private:
    ULONG _references = 1;

    void OnMessageReceived(IDispatch *object)
    {
        IComImMessage *message = nullptr;
        if (SUCCEEDED(object->QueryInterface(IID_IComImMessage, reinterpret_cast<void **>(&message))))
        {
            Text from, text;
            message->get_From(&from);
            message->get_Text(&text);
            printf("event: %ls: %ls\n", from.c_str(), text.c_str());
            message->Release();
            Received = true;
        }
    }
};

static int Fail(const char *what, HRESULT code)
{
    Text description;
    IErrorInfo *error = nullptr;
    if (GetErrorInfo(0, &error) == S_OK)
    {
        error->GetDescription(&description);
        error->Release();
    }
    printf("chat.exe: failed: %s: 0x%08lx %ls\n", what, static_cast<unsigned long>(code), description.c_str());
    return 1;
}

// Runs the message loop until a message has come in or the time is up.
static bool WaitForEvent(const ChatEvents &events, DWORD milliseconds)
{
    const ULONGLONG end = GetTickCount64() + milliseconds;
    while (!events.Received)
    {
        const ULONGLONG now = GetTickCount64();
        if (now >= end)
        {
            return false;
        }

        // Also for messages that another loop, such as that of a call under way, has seen and left.
        MsgWaitForMultipleObjectsEx(0, nullptr, static_cast<DWORD>(end - now), QS_ALLINPUT, MWMO_INPUTAVAILABLE);
        MSG message;
        while (PeekMessageW(&message, nullptr, 0, 0, PM_REMOVE))
        {
            TranslateMessage(&message);
            DispatchMessageW(&message);
        }
    }
    return true;
}

static int Chat(IComImApplication *app, ChatEvents &events, wchar_t **argv, const wchar_t *transport)
{
    HRESULT code = app->SignIn(Text(argv[2]), Text(argv[3]), Text(argv[1]), Text(transport));
    if (FAILED(code))
    {
        return Fail("sign in", code);
    }

    IComImMessage *message = nullptr;
    code = app->SendMessage(Text(argv[4]), Text(L"Hello from C++"), &message);
    if (FAILED(code))
    {
        return Fail("send", code);
    }
    long status = 0;
    message->get_StatusCode(&status);
    message->Release();
    printf("sent: %ld\n", status);

    if (!WaitForEvent(events, 30000))
    {
        return Fail("nobody answered within 30 seconds", E_ABORT);
    }
    code = app->SignOut();
    return FAILED(code) ? Fail("sign out", code) : 0;
}

static int Run(wchar_t **argv, const wchar_t *transport)
{
    IComImApplication *app = nullptr;
    HRESULT code = CoCreateInstance(
        CLSID_Application, nullptr, CLSCTX_INPROC_SERVER, IID_IComImApplication, reinterpret_cast<void **>(&app));
    if (FAILED(code))
    {
        return Fail("create ComIm.Application", code);
    }

    IConnectionPointContainer *container = nullptr;
    IConnectionPoint *point = nullptr;
    ChatEvents events;
    DWORD cookie = 0;
    code = app->QueryInterface(IID_IConnectionPointContainer, reinterpret_cast<void **>(&container));
    if (SUCCEEDED(code))
    {
        code = container->FindConnectionPoint(DIID__IComImEvents, &point);
        container->Release();
    }
    if (SUCCEEDED(code))
    {
        code = point->Advise(&events, &cookie);
    }

    int result = FAILED(code) ? Fail("advise", code) : Chat(app, events, argv, transport);
    if (point)
    {
        point->Unadvise(cookie);
        point->Release();
    }
    app->Release();
    return result;
}

int wmain(int argc, wchar_t **argv)
{
    setvbuf(stdout, nullptr, _IONBF, 0);
    if (argc < 5)
    {
        printf("chat.exe: failed: the arguments are SERVER ADDRESS PASSWORD PEER [TRANSPORT]\n");
        return 2;
    }
    CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED);
    int result = Run(argv, argc > 5 ? argv[5] : L"udp");
    CoUninitialize();
    if (result == 0)
    {
        printf("chat.exe: done\n");
    }
    return result;
}
