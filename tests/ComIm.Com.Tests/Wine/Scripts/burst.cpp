// burst SERVER USER@DOMAIN PASSWORD COUNT SIGNAL: takes an invitation, then does not pump for 5 s, nor before the file
// SIGNAL is there; COUNT messages come in meanwhile, "message 0" to the last, and all must be there in order afterwards.
// Three other sinks listen to the same participant: one fails, one never returns, and the thread of one is gone.
#include "ucc.h"

// Counts its calls, and then does what it must not.
class BadSink final : public IDispatch
{
public:
    explicit BadSink(DWORD hang) : _hang(hang) {}

    LONG calls = 0;

    STDMETHODIMP QueryInterface(REFIID iid, void **object) override
    {
        bool known = iid == IID_IUnknown || iid == IID_IDispatch || iid == __uuidof(_IUccInstantMessagingSessionParticipantEvents);
        *object = known ? this : nullptr;
        return known ? S_OK : E_NOINTERFACE;
    }
    STDMETHODIMP_(ULONG) AddRef() override { return 2; }
    STDMETHODIMP_(ULONG) Release() override { return 1; }
    STDMETHODIMP GetTypeInfoCount(UINT *) override { return E_NOTIMPL; }
    STDMETHODIMP GetTypeInfo(UINT, LCID, ITypeInfo **) override { return E_NOTIMPL; }
    STDMETHODIMP GetIDsOfNames(REFIID, LPOLESTR *, UINT, LCID, DISPID *) override { return E_NOTIMPL; }
    STDMETHODIMP Invoke(DISPID, REFIID, LCID, WORD, DISPPARAMS *, VARIANT *, EXCEPINFO *, UINT *) override
    {
        InterlockedIncrement(&calls);
        if (_hang) Sleep(_hang);
        return E_FAIL;
    }

private:
    const DWORD _hang;
};

static BadSink failing(0), hanging(INFINITE), dead(0);

static void connect(IUnknown *source, IUnknown *sink)
{
    auto container = cast<IConnectionPointContainer>(source);
    Ref<IConnectionPoint> point;
    DWORD cookie = 0;
    must("FindConnectionPoint", container->FindConnectionPoint(__uuidof(_IUccInstantMessagingSessionParticipantEvents), &point));
    must("Advise", point->Advise(sink, &cookie));
}

static IUnknown *shared;

static DWORD WINAPI advise_from_mta(void *)
{
    CoInitializeEx(nullptr, COINIT_MULTITHREADED);
    connect(shared, &hanging);
    return 0;
}

static DWORD WINAPI advise_and_die(void *)
{
    CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED);
    connect(shared, &dead);
    return 0;
}

static void run(LPTHREAD_START_ROUTINE start)
{
    HANDLE thread = CreateThread(nullptr, 0, start, nullptr, 0, nullptr);
    WaitForSingleObject(thread, INFINITE);
}

static Ref<IUccEndpoint> sign_in(IUccPlatform *platform, wchar_t **argv)
{
    must("Initialize", platform->Initialize(Text(L"burst"), nullptr));
    Ref<IUccEndpoint> endpoint;
    must("CreateEndpoint", platform->CreateEndpoint(
        UCCET_PRINCIPAL_SERVER_BASED, uri_of((std::wstring(L"sip:") + argv[2]).c_str()), nullptr, nullptr, &endpoint));
    advise<_IUccEndpointEvents>(endpoint);
    advise<_IUccSessionManagerEvents>(endpoint);
    auto settings = cast<IUccServerSignalingSettings>(endpoint);
    Ref<IUccSignalingServer> server;
    must("CreateSignalingServer", settings->CreateSignalingServer(Text(argv[1]), UCCTM_TCP, &server));
    must("Server", settings->put_Server(server));
    must("Enable", endpoint->Enable(nullptr));
    HRESULT status = status_of(wait_for(L"OnEnable"));
    if (FAILED(status)) fail("OnEnable", status);
    return endpoint;
}

int wmain(int argc, wchar_t **argv)
{
    program = "burst";
    setvbuf(stdout, nullptr, _IONBF, 0);
    if (argc < 6) fail("the arguments are SERVER USER@DOMAIN PASSWORD COUNT SIGNAL");
    const long count = _wtol(argv[4]);
    CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED);
    auto platform = create<IUccPlatform>(__uuidof(UccPlatform));
    auto endpoint = sign_in(platform, argv);
    printf("signed in\n");

    auto incoming = wait_for(L"OnIncomingSession").as<IUccIncomingSessionEvent>();
    Ref<IUccSessionParticipant> inviter;
    must("Inviter", incoming->get_Inviter(&inviter));
    connect(inviter, &failing);
    advise<_IUccInstantMessagingSessionParticipantEvents>(inviter);
    shared = inviter;
    run(advise_from_mta);
    run(advise_and_die);
    must("Accept", incoming->Accept());

    const ULONGLONG start = GetTickCount64();
    while (GetTickCount64() - start < 5000 || GetFileAttributesW(argv[5]) == INVALID_FILE_ATTRIBUTES) Sleep(50);
    printf("events while idle: %d\n", static_cast<int>(events.size()));
    for (long i = 0; i < count; i++)
    {
        Text content;
        wait_for(L"OnInstantMessageReceived").as<IUccIncomingInstantMessageEvent>()->get_Content(&content);
        std::wstring expected = L"message " + std::to_wstring(i);
        if (!(content == expected.c_str()))
        {
            printf("wrong: message %ld is '%ls'\n", i, content.c_str());
            break;
        }
    }

    printf("the failing one: %ld, the hanging one: %ld, the dead one: %ld\n", failing.calls, hanging.calls, dead.calls);
    must("Shutdown", platform->Shutdown(nullptr));
    printf("burst: done\n");
    ExitProcess(0);
}
