using System.Runtime.InteropServices;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Com.Automation.Observables;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Model;

/// <summary>The chat of a conversation as scripts see it.</summary>
[ClassInterface(ClassInterfaceType.None)]
[ComDefaultInterface(typeof(IComImChatService))]
internal sealed class ChatServiceObject : DispatchObject, IComImChatService, IChatServiceCommands
{
    /// <summary>How many messages a script is shown; older ones leave the collection, not the conversation's history.</summary>
    public const int MessageCapacity = 1000;

    private static readonly DispatchTable Table = DispatchTable.Flatten([typeof(IComImChatService), typeof(IChatServiceCommands)]);

    private readonly Session _session;
    private readonly Conversation _conversation;
    private readonly Func<ChatMessage, Message> _wrap;
    private readonly Property _state = new("Disconnected");
    private readonly Collection _formats = new();
    private readonly Command _start;
    private readonly Command _stop;
    private readonly Command _accept;
    private readonly Command _reject;
    private readonly Command _send;

    public ChatServiceObject(Session session, Conversation conversation, Func<ChatMessage, Message> wrap)
        : base(Table)
    {
        _session = session;
        _conversation = conversation;
        _wrap = wrap;
        _formats.Insert("Text", "Text");
        _formats.Insert("Html", "Html");
        _start = new Command((_, _) => Start(), isEnabled: true);
        _stop = new Command((_, _) => Stop(), isEnabled: false);
        _accept = new Command((_, _) => Accept(), isEnabled: false);
        _reject = new Command((_, _) => Reject(), isEnabled: false);
        _send = new Command((text, format) => SendMessage(text as string ?? "", format as string ?? "Text"), isEnabled: true);
    }

    public IComImProperty State => _state;

    public IComImCollection Messages => MessageList;

    public IComImCollection SupportedMessageFormats => _formats;

    ICommand IChatServiceCommands.Start => _start;

    ICommand IChatServiceCommands.Stop => _stop;

    ICommand IChatServiceCommands.Accept => _accept;

    ICommand IChatServiceCommands.Reject => _reject;

    ICommand IChatServiceCommands.SendMessage => _send;

    /// <summary>What the peer asks, while it waits for the answer; afterwards it does nothing.</summary>
    internal ConversationRequestedEventArgs? Request { get; set; }

    internal Collection MessageList { get; } = new() { Capacity = MessageCapacity };

    public IComImPromise Start() => _session.Promise(() => _conversation.StartAsync());

    public IComImPromise Stop() => _session.Promise(() => _conversation.LeaveAsync());

    // Beginning a session where the peer has asked for one is accepting it.
    public IComImPromise Accept() => _conversation.State is ConversationState.Requested or ConversationState.Connected
        ? Start()
        : Promise.Rejected(new Error(HResults.NotNow, "NothingToAccept", "Nobody asks for this conversation."));

    public IComImPromise Reject() => _conversation.State is ConversationState.Requested
        ? _session.Promise(() =>
        {
            Request?.Reject();
            return Task.CompletedTask;
        })
        : Promise.Rejected(new Error(HResults.NotNow, "NothingToReject", "Nobody asks for this conversation."));

    public IComImPromise SendMessage(string text, string format = "Text")
    {
        MessageContent? content = format?.ToUpperInvariant() switch
        {
            null or "" or "TEXT" => MessageContent.Plain(text ?? ""),
            "HTML" => MessageContent.Html(text ?? ""),
            _ => null,
        };
        return content is null
            ? Promise.Rejected(new Error(HResults.InvalidArgument, "BadFormat", $"The format is \"Text\" or \"Html\", not \"{format}\"."))
            : _session.Promise(async () => _wrap(await _conversation.SendAsync(content).ConfigureAwait(false)));
    }

    public IComImPromise SendIsTyping() => _session.Promise(() => _conversation.SendTypingAsync());

    /// <summary>Takes over where the chat stands.</summary>
    internal void Enter(string state, string reason)
    {
        _start.Enable(state == "Disconnected");
        _stop.Enable(state != "Disconnected");
        _accept.Enable(state == "Notified");
        _reject.Enable(state == "Notified");
        _state.Change(state, reason);
    }
}
