// An application of the UCC API: signs in, invites another person, says hello, waits for one answer, and leaves.
//
//   ucc-chat.exe SERVER ADDRESS PASSWORD PEER [TRANSPORT]
//
// TRANSPORT is 1 for UDP, 2 for TCP, 3 for TLS. It needs "comim register --uccapi". Build, with the header that the build
// of ComIm.Com makes from UccApi.idl (sdk/UccApi.h beside ComIm.Com.dll); the header of the original does as well:
//   x86_64-w64-mingw32-g++ -std=c++17 -municode -static -I SDK ucc-chat.cpp -o ucc-chat.exe -lole32 -loleaut32 -luuid
//
// The last line is "ucc-chat.exe: done", or "ucc-chat.exe: failed: ..." with exit code 1.
#include <initguid.h>
#include <windows.h>
#include <olectl.h>
#include <cstdio>
#include <cstdlib>
#include <string>
#include "UccApi.h"

// A reference that counts.
template <class T> class Ref
{
public:
    Ref() = default;
    Ref(const Ref &) = delete;
    Ref &operator=(const Ref &) = delete;
    ~Ref() { if (_object) _object->Release(); }
    T *operator->() const { return _object; }
    operator T *() const { return _object; }
    T **operator&() { return &_object; }
    void **Out() { return reinterpret_cast<void **>(&_object); }

private:
    T *_object = nullptr;
};

// A BSTR that frees itself.
class Text
{
public:
    Text() = default;
    explicit Text(const wchar_t *value) : _value(SysAllocString(value)) {}
    Text(const Text &) = delete;
    Text &operator=(const Text &) = delete;
    ~Text() { SysFreeString(_value); }
    operator BSTR() const { return _value; }
    BSTR *operator&() { return &_value; }
    const wchar_t *c_str() const { return _value ? _value : L""; }

private:
    BSTR _value = nullptr;
};

// Every method of the UCC API says at once whether the request is taken, with an error object where it is not; how it
// went comes as an event.
static void Demand(const char *what, HRESULT code)
{
    if (SUCCEEDED(code))
    {
        return;
    }
    Text description;
    IErrorInfo *error = nullptr;
    if (GetErrorInfo(0, &error) == S_OK)
    {
        error->GetDescription(&description);
        error->Release();
    }
    printf("ucc-chat.exe: failed: %s: 0x%08lx %ls\n", what, static_cast<unsigned long>(code), description.c_str());
    exit(1);
}

// What has come so far. The platform lives in a single-threaded apartment, so sinks are called on this thread, while the
// message loop runs.
static bool Enabled, Added, Answered, Ended, Disabled, ShutDown;

// One class for all sinks: it knows the event interface that it was made for, and so what a DISPID means.
class Events final : public IDispatch
{
public:
    explicit Events(REFIID iid) : _iid(iid) {}

    STDMETHODIMP QueryInterface(REFIID iid, void **object) override
    {
        if (iid == IID_IUnknown || iid == IID_IDispatch || iid == _iid)
        {
            *object = static_cast<IDispatch *>(this);
            AddRef();
            return S_OK;
        }
        *object = nullptr;
        return E_NOINTERFACE;
    }
    STDMETHODIMP_(ULONG) AddRef() override { return ++_references; }
    STDMETHODIMP_(ULONG) Release() override
    {
        const ULONG left = --_references;
        if (left == 0)
        {
            delete this;
        }
        return left;
    }
    STDMETHODIMP GetTypeInfoCount(UINT *count) override { *count = 0; return S_OK; }
    STDMETHODIMP GetTypeInfo(UINT, LCID, ITypeInfo **) override { return E_NOTIMPL; }
    STDMETHODIMP GetIDsOfNames(REFIID, LPOLESTR *, UINT, LCID, DISPID *) override { return E_NOTIMPL; }

    STDMETHODIMP Invoke(DISPID id, REFIID, LCID, WORD, DISPPARAMS *arguments, VARIANT *, EXCEPINFO *, UINT *) override
    {
        // The arguments come last first: the data, then the source.
        IUnknown *data = arguments->cArgs == 2 ? arguments->rgvarg[0].punkVal : nullptr;
        if (_iid == DIID__IUccPlatformEvents && id == 100)
        {
            ShutDown = true;
        }
        else if (_iid == DIID__IUccEndpointEvents)
        {
            (id == 200 ? Enabled : Disabled) = IsComplete(id == 200 ? "sign in" : "sign out", data);
        }
        else if (_iid == DIID__IUccSessionEvents && id == 400)
        {
            Added = IsComplete("invite", data);
        }
        else if (_iid == DIID__IUccSessionEvents && id == 404)
        {
            Ended = true;
        }
        else if (_iid == DIID__IUccInstantMessagingSessionParticipantEvents && id == 700)
        {
            OnInstantMessageReceived(data);
        }
        return S_OK;
    }

private:
    const IID _iid;
    ULONG _references = 0;

    static bool IsComplete(const char *what, IUnknown *data)
    {
        Ref<IUccOperationProgressEvent> progress;
        VARIANT_BOOL complete = VARIANT_FALSE;
        HRESULT status = E_FAIL;
        Demand(what, data->QueryInterface(__uuidof(IUccOperationProgressEvent), progress.Out()));
        Demand(what, progress->get_IsComplete(&complete));
        Demand(what, progress->get_StatusCode(&status));
        Demand(what, status);
        return complete == VARIANT_TRUE;
    }

    static void OnInstantMessageReceived(IUnknown *data)
    {
        Ref<IUccIncomingInstantMessageEvent> message;
        Text content;
        Demand("receive", data->QueryInterface(__uuidof(IUccIncomingInstantMessageEvent), message.Out()));
        Demand("receive", message->get_Content(&content));
        printf("received: %ls\n", content.c_str());
        Answered = true;
    }
};

static void Advise(IUnknown *source, REFIID iid)
{
    Ref<IConnectionPointContainer> container;
    Ref<IConnectionPoint> point;
    DWORD cookie = 0;
    Demand("advise", source->QueryInterface(IID_IConnectionPointContainer, container.Out()));
    Demand("advise", container->FindConnectionPoint(iid, &point));
    Demand("advise", point->Advise(new Events(iid), &cookie));
}

static void WaitFor(const char *what, const bool &came)
{
    const ULONGLONG end = GetTickCount64() + 30000;
    while (!came)
    {
        const ULONGLONG now = GetTickCount64();
        Demand(what, now < end ? S_OK : HRESULT_FROM_WIN32(ERROR_TIMEOUT));

        // Also for messages that another loop, such as that of a call under way, has seen and left.
        MsgWaitForMultipleObjectsEx(0, nullptr, static_cast<DWORD>(end - now), QS_ALLINPUT, MWMO_INPUTAVAILABLE);
        MSG message;
        while (PeekMessageW(&message, nullptr, 0, 0, PM_REMOVE))
        {
            TranslateMessage(&message);
            DispatchMessageW(&message);
        }
    }
}

static void Run(wchar_t **argv, UCC_TRANSPORT_MODE transport)
{
    Ref<IUccPlatform> platform;
    Ref<IUccUriManager> uris;
    Demand("create the platform", CoCreateInstance(
        __uuidof(UccPlatform), nullptr, CLSCTX_ALL, __uuidof(IUccPlatform), platform.Out()));
    Demand("create the URI manager", CoCreateInstance(
        __uuidof(UccUriManager), nullptr, CLSCTX_ALL, __uuidof(IUccUriManager), uris.Out()));
    Advise(platform, DIID__IUccPlatformEvents);
    Demand("initialize", platform->Initialize(Text(L"ComIm sample"), nullptr));

    Ref<IUccUri> address, peer;
    Ref<IUccEndpoint> endpoint;
    Text user;
    Demand("the address", uris->ParseUri(Text(argv[2]), &address));
    Demand("the peer", uris->ParseUri(Text(argv[4]), &peer));
    Demand("the user", address->get_User(&user));
    Demand("create an endpoint", platform->CreateEndpoint(UCCET_PRINCIPAL_SERVER_BASED, address, nullptr, nullptr, &endpoint));
    Advise(endpoint, DIID__IUccEndpointEvents);

    Ref<IUccServerSignalingSettings> settings;
    Ref<IUccCredentialCache> cache;
    Ref<IUccCredential> credential;
    Ref<IUccSignalingServer> server;
    Demand("settings", endpoint->QueryInterface(__uuidof(IUccServerSignalingSettings), settings.Out()));
    Demand("credentials", settings->get_CredentialCache(&cache));
    Demand("credentials", cache->CreateCredential(user, Text(argv[3]), nullptr, &credential));
    Demand("credentials", cache->SetCredential(Text(L"*"), credential));
    Demand("authentication", settings->put_AllowedAuthenticationModes(UCCAM_DIGEST));
    Demand("the server", settings->CreateSignalingServer(Text(argv[1]), transport, &server));
    Demand("the server", settings->put_Server(server));
    Demand("enable", endpoint->Enable(nullptr));
    WaitFor("sign in", Enabled);

    Ref<IUccSessionManager> manager;
    Ref<IUccSession> session;
    Ref<IUccSessionParticipant> participant;
    Ref<IUccInstantMessagingSession> messages;
    Demand("the session manager", endpoint->QueryInterface(__uuidof(IUccSessionManager), manager.Out()));
    Demand("create a session", manager->CreateSession(UCCST_INSTANT_MESSAGING, nullptr, &session));
    Demand("messages", session->QueryInterface(__uuidof(IUccInstantMessagingSession), messages.Out()));
    Advise(session, DIID__IUccSessionEvents);
    Demand("create a participant", session->CreateParticipant(peer, nullptr, &participant));
    Advise(participant, DIID__IUccInstantMessagingSessionParticipantEvents);
    Demand("add the participant", session->AddParticipant(participant, nullptr));
    WaitFor("invite", Added);

    Demand("send", messages->SendMessage(Text(L"text/plain"), Text(L"Hello from C++"), nullptr));
    WaitFor("an answer", Answered);
    Demand("leave", session->Terminate(UCCROTR_DECLINE, nullptr));
    WaitFor("leave", Ended);
    Demand("disable", endpoint->Disable(nullptr));
    WaitFor("sign out", Disabled);
    Demand("shut down", platform->Shutdown(nullptr));
    WaitFor("shut down", ShutDown);
}

int wmain(int argc, wchar_t **argv)
{
    setvbuf(stdout, nullptr, _IONBF, 0);
    if (argc < 5)
    {
        printf("ucc-chat.exe: failed: the arguments are SERVER ADDRESS PASSWORD PEER [TRANSPORT]\n");
        return 2;
    }
    CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED);
    Run(argv, argc > 5 ? static_cast<UCC_TRANSPORT_MODE>(_wtoi(argv[5])) : UCCTM_TCP);
    CoUninitialize();
    printf("ucc-chat.exe: done\n");
    return 0;
}
