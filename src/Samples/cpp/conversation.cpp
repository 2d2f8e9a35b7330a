// Begins a chat with one person, follows it by a callback and by the conversation's own events, says hello and leaves.
//
//   conversation.exe SERVER ADDRESS PASSWORD PERSON
//
// Build, with the header that the build of ComIm.Com makes from ComIm.idl (sdk/ComIm.h beside ComIm.Com.dll):
//   x86_64-w64-mingw32-g++ -std=c++17 -municode -static -I SDK conversation.cpp -o conversation.exe -lole32 -loleaut32 -luuid
//
// The last line is "conversation.exe: done", or "conversation.exe: failed: ..." with exit code 1.
#include <initguid.h>
#include <windows.h>
#include <olectl.h>
#include <cstdio>
#include <functional>
#include <utility>
#include "ComIm.h"

// An object that releases itself.
template <class T> class Object
{
public:
    Object() = default;
    Object(const Object &) = delete;
    Object &operator=(const Object &) = delete;
    ~Object() { if (_object) _object->Release(); }
    T *operator->() const { return _object; }
    T **operator&() { return &_object; }
    void **out() { return reinterpret_cast<void **>(&_object); }

private:
    T *_object = nullptr;
};

// A VARIANT that clears itself; made of a text or of an object.
class Value : public VARIANT
{
public:
    Value() { VariantInit(this); }
    explicit Value(const wchar_t *text) : Value() { vt = VT_BSTR; bstrVal = SysAllocString(text); }
    explicit Value(IDispatch *object) : Value() { vt = VT_DISPATCH; pdispVal = object; object->AddRef(); }
    Value(const Value &) = delete;
    Value &operator=(const Value &) = delete;
    ~Value() { VariantClear(this); }
};

static void Check(HRESULT code, const char *what)
{
    if (FAILED(code)) throw std::pair<HRESULT, const char *>(code, what);
}

// An IDispatch that calls a function: as a callback by DISPID_VALUE, as a sink by the DISPIDs of the events.
class Function final : public IDispatch
{
public:
    using Body = std::function<void(DISPID, const DISPPARAMS &)>;
    Function(REFIID events, Body body) : _events(events), _body(std::move(body)) {}

    STDMETHODIMP QueryInterface(REFIID iid, void **object) override
    {
        *object = iid == IID_IUnknown || iid == IID_IDispatch || iid == _events ? this : nullptr;
        if (*object) AddRef();
        return *object ? S_OK : E_NOINTERFACE;
    }
    // It lives on the stack of wmain.
    STDMETHODIMP_(ULONG) AddRef() override { return ++_references; }
    STDMETHODIMP_(ULONG) Release() override { return --_references; }
    STDMETHODIMP GetTypeInfoCount(UINT *count) override { *count = 0; return S_OK; }
    STDMETHODIMP GetTypeInfo(UINT, LCID, ITypeInfo **) override { return E_NOTIMPL; }
    STDMETHODIMP GetIDsOfNames(REFIID, LPOLESTR *, UINT, LCID, DISPID *) override { return E_NOTIMPL; }
    STDMETHODIMP Invoke(DISPID id, REFIID, LCID, WORD, DISPPARAMS *arguments, VARIANT *, EXCEPINFO *, UINT *) override
    {
        _body(id, *arguments);
        return S_OK;
    }

private:
    IID _events;
    Body _body;
    ULONG _references = 1;
};

// Waiting lets callbacks and events in.
static void Wait(Object<IComImPromise> &promise, const char *what)
{
    Value result;
    Check(promise->Wait(30000, &result), what);
}

static void Run(wchar_t **argv)
{
    Object<IComImApplication> app;
    Check(CoCreateInstance(CLSID_Application, nullptr, CLSCTX_INPROC_SERVER, IID_IComImApplication, app.out()), "create");
    Object<IComImSignInManager> signing;
    Object<IComImPromise> signed_in;
    Value server(argv[1]), address(argv[2]), password(argv[3]), transport(L"tcp"), person(argv[4]);
    Check(app->get_SignInManager(&signing), "sign-in manager");
    Check(signing->SignIn(address, password.bstrVal, server.bstrVal, transport.bstrVal, &signed_in), "sign in");
    Wait(signed_in, "sign in");

    Object<IComImConversationsManager> manager;
    Object<IComImConversation> conversation;
    Object<IComImChatService> chat;
    Object<IComImProperty> state;
    Check(app->get_ConversationsManager(&manager), "conversations manager");
    Check(manager->GetConversation(person, &conversation), "conversation");
    Check(conversation->get_ChatService(&chat), "chat service");
    Check(conversation->get_State(&state), "state");

    // A callback: (newValue, reason, oldValue), the last argument first.
    Function follow(IID_IDispatch, [](DISPID id, const DISPPARAMS &arguments)
    {
        if (id == DISPID_VALUE) printf("callback: %ls\n", arguments.rgvarg[2].bstrVal);
    });
    Object<IComImListener> listener;
    Value callback(&follow);
    Check(state->Changed(callback, &listener), "listen");

    // A sink of the conversation's own events.
    Function sink(DIID__IComImConversationEvents, [](DISPID id, const DISPPARAMS &arguments)
    {
        Object<IComImMessage> message;
        Value text;
        if (id == 1 && SUCCEEDED(arguments.rgvarg[0].pdispVal->QueryInterface(IID_IComImMessage, message.out())))
        {
            text.vt = VT_BSTR;
            message->get_Text(&text.bstrVal);
            printf("event: %ls\n", text.bstrVal);
        }
    });
    Object<IConnectionPointContainer> container;
    Object<IConnectionPoint> point;
    DWORD cookie = 0;
    Check(conversation->QueryInterface(IID_IConnectionPointContainer, container.out()), "events");
    Check(container->FindConnectionPoint(DIID__IComImConversationEvents, &point), "events");
    Check(point->Advise(&sink, &cookie), "advise");

    Object<IComImPromise> started, sent, left, signed_out;
    Value text(L"Hello from C++"), format(L"Text");
    Check(chat->Start(&started), "start");
    Wait(started, "start");
    Check(chat->SendMessage(text.bstrVal, format.bstrVal, &sent), "send");
    Wait(sent, "send");
    Check(conversation->Leave(&left), "leave");
    Wait(left, "leave");
    Check(listener->Dispose(), "dispose");
    Check(point->Unadvise(cookie), "unadvise");
    Check(signing->SignOut(&signed_out), "sign out");
    Wait(signed_out, "sign out");
}

int wmain(int argc, wchar_t **argv)
{
    setvbuf(stdout, nullptr, _IONBF, 0);
    if (argc < 5)
    {
        printf("conversation.exe: failed: the arguments are SERVER ADDRESS PASSWORD PERSON\n");
        return 2;
    }

    CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED);
    int result = 0;
    try
    {
        Run(argv);
        printf("conversation.exe: done\n");
    }
    catch (const std::pair<HRESULT, const char *> &failure)
    {
        printf("conversation.exe: failed: %s: 0x%08lx\n", failure.second, static_cast<unsigned long>(failure.first));
        result = 1;
    }

    CoUninitialize();
    return result;
}
