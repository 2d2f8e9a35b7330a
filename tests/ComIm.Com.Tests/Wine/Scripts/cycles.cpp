// cycles SERVER USER@DOMAIN PASSWORD PEER COUNT COLLECTOR FOLDER LINGERING: begins a session, says something, hears the answer
// and ends the session, COUNT times, without an Unadvise. After a tenth and at the end it rests for LINGERING milliseconds, until
// no transaction lingers any more, collects, writes "sinks handles bytes" into FOLDER\measure-1 (and -2), and waits for FOLDER\go-1 (and -2).
// COLLECTOR is the comhost of ComIm.Com.TestServer.
#include "process-figures.h"
#include "ucc-endpoint.h"

MIDL_INTERFACE("6b1d7a52-9f5e-4b0b-8f0e-7c2a5d1e9b36") ICollector : public IUnknown
{
    virtual HRESULT STDMETHODCALLTYPE Collect(long long *left) = 0;
};
__CRT_UUID_DECL(ICollector, 0x6b1d7a52, 0x9f5e, 0x4b0b, 0x8f, 0x0e, 0x7c, 0x2a, 0x5d, 0x1e, 0x9b, 0x36)
DEFINE_GUID(CollectorClass, 0x4e0f3c1b, 0x8d27, 0x4f6a, 0xa5, 0xc9, 0x2b, 0x7e, 0x6d, 0x9a, 0x1c, 0x58);

static Ref<ICollector> load_collector(const wchar_t *comhost)
{
    HMODULE server = LoadLibraryW(comhost);
    auto get = server ? reinterpret_cast<HRESULT(WINAPI *)(REFCLSID, REFIID, void **)>(GetProcAddress(server, "DllGetClassObject")) : nullptr;
    Ref<IClassFactory> classes;
    Ref<ICollector> collector;
    must("DllGetClassObject", get ? get(CollectorClass, IID_IClassFactory, reinterpret_cast<void **>(&classes)) : E_FAIL);
    must("CreateInstance", classes->CreateInstance(nullptr, __uuidof(ICollector), reinterpret_cast<void **>(&collector)));
    return collector;
}

static Ref<IUccEndpoint> sign_in(IUccPlatform *platform, wchar_t **argv)
{
    must("Initialize", platform->Initialize(Text(L"cycles"), nullptr));
    Ref<IUccEndpoint> endpoint;
    must("CreateEndpoint", platform->CreateEndpoint(
        UCCET_PRINCIPAL_SERVER_BASED, uri_of((std::wstring(L"sip:") + argv[2]).c_str()), nullptr, nullptr, &endpoint));
    advise<_IUccEndpointEvents>(endpoint);
    set_server(endpoint, L"alice", argv[3], argv[1]);
    set_modes(endpoint, UCCAM_DIGEST);
    must_enable(endpoint);
    return endpoint;
}

static void cycle(IUccEndpoint *endpoint, IUccUri *peer)
{
    Ref<IUccSession> session;
    Ref<IUccSessionParticipant> participant;
    must("CreateSession", cast<IUccSessionManager>(endpoint)->CreateSession(UCCST_INSTANT_MESSAGING, nullptr, &session));
    advise<_IUccSessionEvents>(session);
    advise<_IUccSessionParticipantCollectionEvents>(session);
    advise<_IUccInstantMessagingSessionEvents>(session);
    must("CreateParticipant", session->CreateParticipant(peer, nullptr, &participant));
    advise<_IUccSessionParticipantEvents>(participant);
    advise<_IUccInstantMessagingSessionParticipantEvents>(participant);
    must("AddParticipant", session->AddParticipant(participant, operation(1)));
    HRESULT status = status_of(wait_for(L"OnAddParticipant"));
    if (FAILED(status)) fail("OnAddParticipant", status);
    must("SendMessage", cast<IUccInstantMessagingSession>(session)->SendMessage(Text(L"text/plain"), Text(L"hello"), nullptr));
    wait_for(L"OnSendMessage");
    Text answer;
    must("Content", wait_for(L"OnInstantMessageReceived").as<IUccIncomingInstantMessageEvent>()->get_Content(&answer));
    check("the answer", answer == L"hello");
    must("Terminate", session->Terminate(UCCROTR_DECLINE, operation(2)));
    check("OnTerminate", operation_of(wait_for(L"OnTerminate")) == 2);
    events.clear();
}

// What waits for retransmissions, such as an INVITE that was answered, is let go of after 32 s (RFC 6026 timer L).
static void measure(ICollector *collector, const wchar_t *folder, int number, DWORD lingering)
{
    pump_until([] { return false; }, lingering);
    long long left = 0;
    must("Collect", collector->Collect(&left));
    pump_until([] { return false; }, 500);
    std::wstring path = std::wstring(folder) + L"\\measure-" + std::to_wstring(number);
    FILE *file = _wfopen((path + L".part").c_str(), L"w");
    fprintf(file, "%ld %lu %lld\n", sinks, figures_of_process().handles, left);
    fclose(file);
    MoveFileW((path + L".part").c_str(), path.c_str());
    const std::wstring go = std::wstring(folder) + L"\\go-" + std::to_wstring(number);
    for (int i = 0; i < 600 && GetFileAttributesW(go.c_str()) == INVALID_FILE_ATTRIBUTES; i++) pump_until([] { return false; }, 100);
    if (GetFileAttributesW(go.c_str()) == INVALID_FILE_ATTRIBUTES) fail("nobody measures");
}

int wmain(int argc, wchar_t **argv)
{
    program = "cycles";
    setvbuf(stdout, nullptr, _IONBF, 0);
    if (argc < 9) fail("the arguments are SERVER USER@DOMAIN PASSWORD PEER COUNT COLLECTOR FOLDER LINGERING");
    const long count = _wtol(argv[5]);
    const DWORD lingering = _wtol(argv[8]);
    CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED);
    auto platform = create<IUccPlatform>(__uuidof(UccPlatform));
    advise<_IUccPlatformEvents>(platform);
    auto collector = load_collector(argv[6]);
    auto endpoint = sign_in(platform, argv);
    auto peer = uri_of(argv[4]);
    for (long i = 1; i <= count; i++)
    {
        cycle(endpoint, peer);

        // So slowly that what lingers for 32 s is as much after all of them as after the first thousand: the runtime keeps tables of its own
        // for the most that there has ever been, 10 MB for the 200 a second that a machine of ours can do.
        if (lingering > 0) pump_until([] { return false; }, 20);
        if (i % 1000 == 0) printf("%ld after %lu ms\n", i, GetTickCount());
        if (i == count / 10) measure(collector, argv[7], 1, lingering);
    }

    measure(collector, argv[7], 2, lingering);
    must("Shutdown", platform->Shutdown(nullptr));
    wait_for(L"OnShutdown");
    printf("cycles: done\n");
    ExitProcess(0);
}
