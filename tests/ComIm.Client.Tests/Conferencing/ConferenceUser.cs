using System.Threading.Channels;
using ComIm.Client.Accounts;
using ComIm.Client.Conferencing;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.TestKit;

namespace ComIm.Client.Tests.Conferencing;

/// <summary>A signed-in person of the conference tests: what they hear, in order, and waits for what is to come.</summary>
internal sealed class ConferenceUser : IAsyncDisposable
{
    public static readonly TimeSpan Guard = TimeSpan.FromSeconds(25);

    private readonly ImClient _client;
    private readonly Channel<MessageReceivedEventArgs> _messages = Channel.CreateUnbounded<MessageReceivedEventArgs>();
    private readonly Channel<Conversation> _conversations = Channel.CreateUnbounded<Conversation>();

    private ConferenceUser(ImClient client, ImAccount account)
    {
        _client = client;
        Account = account;
        account.MessageReceived += (_, e) => _messages.Writer.TryWrite(e);
        account.ConversationAdded += (_, e) => _conversations.Writer.TryWrite(e.Conversation);
    }

    public ImAccount Account { get; }

    public string Address => Account.Address;

    public static async Task<ConferenceUser> SignInAsync(
        TestServer server, string name, Func<ImAccountSettings, ImAccountSettings>? change = null, ImTransport transport = ImTransport.Udp)
    {
        var settings = server.SettingsOf(name, transport) with { DisplayName = char.ToUpperInvariant(name[0]) + name[1..] };
        var client = new ImClient();
        return new ConferenceUser(client, await client.SignInAsync(change is null ? settings : change(settings)).WaitAsync(Guard));
    }

    /// <summary>The next message, whatever the conversation.</summary>
    public Task<MessageReceivedEventArgs> HearAsync() => _messages.Reader.ReadAsync().AsTask().WaitAsync(Guard);

    public bool HasHeardMore => _messages.Reader.Count > 0;

    /// <summary>The next conversation that begins.</summary>
    public Task<Conversation> NewConversationAsync() => _conversations.Reader.ReadAsync().AsTask().WaitAsync(Guard);

    /// <summary>Waits until a conversation is as a test wants it, looking after every change of it.</summary>
    public static async Task UntilAsync(Conversation conversation, Func<bool> isSo)
    {
        var changes = Channel.CreateUnbounded<bool>();
        void OnChange() => changes.Writer.TryWrite(true);
        conversation.ParticipantAdded += (_, _) => OnChange();
        conversation.ParticipantRemoved += (_, _) => OnChange();
        conversation.ParticipantChanged += (_, _) => OnChange();
        conversation.ConferenceChanged += (_, _) => OnChange();
        conversation.StateChanged += (_, _) => OnChange();
        while (!isSo())
        {
            await changes.Reader.ReadAsync().AsTask().WaitAsync(Guard);
        }
    }

    /// <summary>Waits until a server has no room left: it learns of the last BYE and ends the room by itself.</summary>
    public static async Task UntilNoRoomAsync(TestServer server)
    {
        var ended = Channel.CreateUnbounded<bool>();
        server.Server.RoomEnded += () => ended.Writer.TryWrite(true);
        while (server.Server.RoomCount > 0)
        {
            await ended.Reader.ReadAsync().AsTask().WaitAsync(Guard);
        }
    }

    /// <summary>Waits until exactly these are in a conversation.</summary>
    public static Task UntilThereAsync(Conversation conversation, params string[] names) => UntilAsync(
        conversation,
        () => conversation.Participants.Where(p => p.State == ParticipantState.Connected).Select(p => p.Address).Order(StringComparer.Ordinal)
            .SequenceEqual(names.Select(n => $"sip:{n}@{TestServer.Domain}").Order(StringComparer.Ordinal)));

    public async ValueTask DisposeAsync() => await _client.DisposeAsync();
}
