// load SERVER DOMAIN PASSWORD COUNT SECONDS: as alice, COUNT sessions at once, with user0 and on, who send back what they are
// sent. In each a number goes out as soon as all have come back, for so long; each must come back once and in order. Prints what
// the process holds, four times.
#include "process-figures.h"
#include "ucc-endpoint.h"

struct Chat
{
    Ref<IUccSession> session;
    Ref<IUccInstantMessagingSession> messages;
    long read = 0;
};

static std::vector<Chat> chats;
static long sent, taken, came_back, connected, ended, wrong;

static void advise_participant(IUccSessionParticipant *participant)
{
    VARIANT_BOOL local = VARIANT_TRUE;
    must("IsLocal", participant->get_IsLocal(&local));
    if (local == VARIANT_FALSE) advise<_IUccInstantMessagingSessionParticipantEvents>(participant);
}

static void surprise(const char *what, long number)
{
    if (wrong++ < 10) printf("wrong: %s %ld\n", what, number);
}

static void on_sent(const Event &event)
{
    HRESULT status = result_of(event);
    if (FAILED(status)) surprise("a message failed", status);
    taken++;
}

static void on_received(const Event &event)
{
    auto data = event.as<IUccIncomingInstantMessageEvent>();
    Text content, address;
    Ref<IUccSessionParticipantEndpoint> endpoint;
    Ref<IUccSessionParticipant> participant;
    Ref<IUccUri> uri;
    must("Content", data->get_Content(&content));
    must("ParticipantEndpoint", data->get_ParticipantEndpoint(&endpoint));
    must("Participant", endpoint->get_Participant(&participant));
    must("Uri", participant->get_Uri(&uri));
    must("AddressOfRecord", uri->get_AddressOfRecord(&address));
    auto &chat = chats.at(_wtol(address.c_str() + wcslen(L"sip:user")));
    if (_wtol(content.c_str()) != chat.read++) surprise("read out of turn:", _wtol(content.c_str()));
    came_back++;
}

// Takes all that has come.
static void drain()
{
    for (; !events.empty(); events.pop_front())
    {
        const Event &event = events.front();
        if (event.name == L"OnSendMessage") on_sent(event);
        else if (event.name == L"OnInstantMessageReceived") on_received(event);
        else if (event.name == L"OnAddParticipant")
        {
            if (FAILED(status_of(event))) fail("OnAddParticipant", status_of(event));
            connected++;
        }
        else if (event.name == L"OnTerminate") ended++;
    }
}

static void print_figures(ULONGLONG begun)
{
    const auto figures = figures_of_process();
    printf("after %lu s: %ld messages, %lu KB, %lu handles, %lu threads\n", static_cast<unsigned long>((GetTickCount64() - begun) / 1000), came_back,
        figures.kilobytes, figures.handles, figures.threads);
}

static Ref<IUccEndpoint> sign_in(IUccPlatform *platform, wchar_t **argv)
{
    must("Initialize", platform->Initialize(Text(L"load"), nullptr));
    Ref<IUccEndpoint> endpoint;
    must("CreateEndpoint", platform->CreateEndpoint(
        UCCET_PRINCIPAL_SERVER_BASED, uri_of((std::wstring(L"sip:alice@") + argv[2]).c_str()), nullptr, nullptr, &endpoint));
    advise<_IUccEndpointEvents>(endpoint);
    advise<_IUccSessionManagerEvents>(endpoint);
    set_server(endpoint, L"alice", argv[3], argv[1]);
    set_modes(endpoint, UCCAM_DIGEST);
    must_enable(endpoint);
    return endpoint;
}

static void begin(IUccEndpoint *endpoint, const std::wstring &peer, Chat &chat)
{
    must("CreateSession", cast<IUccSessionManager>(endpoint)->CreateSession(UCCST_INSTANT_MESSAGING, nullptr, &chat.session));
    advise<_IUccSessionEvents>(chat.session);
    advise<_IUccSessionParticipantCollectionEvents>(chat.session);
    advise<_IUccInstantMessagingSessionEvents>(chat.session);
    chat.messages = cast<IUccInstantMessagingSession>(chat.session);
    Ref<IUccSessionParticipant> participant;
    must("CreateParticipant", chat.session->CreateParticipant(uri_of(peer.c_str()), nullptr, &participant));
    advise_participant(participant);
    must("AddParticipant", chat.session->AddParticipant(participant, nullptr));
}

static void talk(ULONGLONG milliseconds)
{
    const ULONGLONG begun = GetTickCount64();
    int samples = 0;
    for (long number = 0; samples < 4; number++)
    {
        const std::wstring text = std::to_wstring(number);
        for (auto &chat : chats) must("SendMessage", chat.messages->SendMessage(Text(L"text/plain"), Text(text.c_str()), nullptr));
        sent += static_cast<long>(chats.size());
        if (!pump_until([] { drain(); return taken == sent && came_back == sent; }, 60000))
        {
            printf("%ld sent, %ld taken, %ld came back\n", sent, taken, came_back);
            fail("messages are missing");
        }
        if (GetTickCount64() - begun >= milliseconds * (samples + 1) / 4)
        {
            print_figures(begun);
            samples++;
        }
    }
}

int wmain(int argc, wchar_t **argv)
{
    program = "load";
    setvbuf(stdout, nullptr, _IONBF, 0);
    if (argc < 6) fail("the arguments are SERVER DOMAIN PASSWORD COUNT SECONDS");
    CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED);
    auto platform = create<IUccPlatform>(__uuidof(UccPlatform));
    auto endpoint = sign_in(platform, argv);
    const long count = _wtol(argv[4]);
    chats.resize(count);
    for (long i = 0; i < count; i++) begin(endpoint, L"sip:user" + std::to_wstring(i) + L"@" + argv[2], chats[i]);
    if (!pump_until([count] { drain(); return connected == count; }, 60000)) fail("not every session was connected");
    printf("connected: %ld\n", connected);
    talk(_wtol(argv[5]) * 1000ULL);

    for (auto &chat : chats) must("Terminate", chat.session->Terminate(UCCROTR_DECLINE, nullptr));
    if (!pump_until([count] { drain(); return ended == count; }, 60000)) fail("not every session has ended");
    printf("all: %ld sent, %ld taken, %ld came back, %ld wrong\n", sent, taken, came_back, wrong);
    must("Shutdown", platform->Shutdown(nullptr));
    printf("load: done\n");
    ExitProcess(0);
}
