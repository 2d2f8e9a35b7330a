// burst SERVER USER@DOMAIN PASSWORD COUNT SIGNAL: takes an invitation, then does not pump for 5 s, nor before the file
// SIGNAL is there; COUNT messages come in meanwhile, "message 0" to the last, and all must be there in order afterwards.
// Four other sinks listen to the same participant: one throws, one never returns, the thread of one is gone, and the process of one.
// burst child FILE: that process; FILE has the participant, marshalled.
#include "ucc-endpoint.h"

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
    STDMETHODIMP Invoke(DISPID, REFIID, LCID, WORD, DISPPARAMS *, VARIANT *, EXCEPINFO *thrown, UINT *) override
    {
        InterlockedIncrement(&calls);
        if (_hang) Sleep(_hang);
        if (thrown)
        {
            *thrown = {};
            thrown->scode = E_FAIL;
            thrown->bstrDescription = SysAllocString(L"a bad sink");
        }
        return DISP_E_EXCEPTION;
    }

private:
    const DWORD _hang;
};

static BadSink throwing(0), hanging(INFINITE), dead(0);

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

static const DWORD Advised = 7;

static void marshal(IUnknown *object, const std::wstring &path)
{
    Ref<IStream> stream;
    STATSTG size;
    HGLOBAL memory = nullptr;
    must("CreateStreamOnHGlobal", CreateStreamOnHGlobal(nullptr, TRUE, &stream));
    must("CoMarshalInterface", CoMarshalInterface(stream, IID_IUnknown, object, MSHCTX_LOCAL, nullptr, MSHLFLAGS_NORMAL));
    must("Stat", stream->Stat(&size, STATFLAG_NONAME));
    must("GetHGlobalFromStream", GetHGlobalFromStream(stream, &memory));
    FILE *file = _wfopen(path.c_str(), L"wb");
    fwrite(GlobalLock(memory), 1, size.cbSize.LowPart, file);
    GlobalUnlock(memory);
    fclose(file);
}

static void advise_and_die_as_a_process(const wchar_t *path)
{
    FILE *file = _wfopen(path, L"rb");
    HGLOBAL memory = GlobalAlloc(GMEM_MOVEABLE, 4096);
    fread(GlobalLock(memory), 1, 4096, file);
    GlobalUnlock(memory);
    Ref<IStream> stream;
    Ref<IUnknown> object;
    must("CreateStreamOnHGlobal", CreateStreamOnHGlobal(memory, TRUE, &stream));
    must("CoUnmarshalInterface", CoUnmarshalInterface(stream, IID_IUnknown, reinterpret_cast<void **>(&object)));
    connect(object, &dead);
    TerminateProcess(GetCurrentProcess(), Advised);
}

static void run_a_process_that_dies(IUnknown *object, const std::wstring &path)
{
    marshal(object, path);
    wchar_t self[MAX_PATH];
    GetModuleFileNameW(nullptr, self, MAX_PATH);
    std::wstring command = std::wstring(L"\"") + self + L"\" child \"" + path + L"\"";
    STARTUPINFOW start = {sizeof start};
    PROCESS_INFORMATION child = {};
    if (!CreateProcessW(nullptr, &command[0], nullptr, nullptr, TRUE, 0, nullptr, nullptr, &start, &child)) fail("CreateProcess");
    DWORD code = 0;
    for (int i = 0; WaitForSingleObject(child.hProcess, 0) != WAIT_OBJECT_0; i++)
    {
        if (i == 3000) fail("the other process hangs");
        pump_until([] { return false; }, 20);
    }
    GetExitCodeProcess(child.hProcess, &code);
    if (code != Advised) fail("the other process", static_cast<HRESULT>(code));
    printf("the sink of another process is advised, and its process is gone\n");
}

static Ref<IUccEndpoint> sign_in(IUccPlatform *platform, wchar_t **argv)
{
    must("Initialize", platform->Initialize(Text(L"burst"), nullptr));
    Ref<IUccEndpoint> endpoint;
    must("CreateEndpoint", platform->CreateEndpoint(
        UCCET_PRINCIPAL_SERVER_BASED, uri_of((std::wstring(L"sip:") + argv[2]).c_str()), nullptr, nullptr, &endpoint));
    advise<_IUccEndpointEvents>(endpoint);
    advise<_IUccSessionManagerEvents>(endpoint);
    set_server(endpoint, nullptr, nullptr, argv[1]);
    must_enable(endpoint);
    return endpoint;
}

int wmain(int argc, wchar_t **argv)
{
    program = "burst";
    setvbuf(stdout, nullptr, _IONBF, 0);
    if (argc == 3)
    {
        CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED);
        advise_and_die_as_a_process(argv[2]);
    }
    if (argc < 6) fail("the arguments are SERVER USER@DOMAIN PASSWORD COUNT SIGNAL");
    const long count = _wtol(argv[4]);
    CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED);
    auto platform = create<IUccPlatform>(__uuidof(UccPlatform));
    auto endpoint = sign_in(platform, argv);
    printf("signed in\n");

    auto incoming = wait_for(L"OnIncomingSession").as<IUccIncomingSessionEvent>();
    Ref<IUccSessionParticipant> inviter;
    must("Inviter", incoming->get_Inviter(&inviter));
    connect(inviter, &throwing);
    advise<_IUccInstantMessagingSessionParticipantEvents>(inviter);
    shared = inviter;
    run(advise_from_mta);
    run(advise_and_die);
    run_a_process_that_dies(inviter, std::wstring(argv[5]) + L".object");
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

    printf("the throwing one: %ld, the hanging one: %ld, the dead one: %ld\n", throwing.calls, hanging.calls, dead.calls);
    must("Shutdown", platform->Shutdown(nullptr));
    printf("burst: done\n");
    ExitProcess(0);
}
