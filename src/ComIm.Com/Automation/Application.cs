using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Com.Automation.Model;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation;

/// <summary>
/// <c>CreateObject("ComIm.Application")</c>. Several may live side by side, each with one identity. Its members may be
/// called from any thread; those that wait keep a single-threaded apartment's messages flowing.
/// </summary>
[ComVisible(true)]
[Guid(ContractIds.ApplicationClass)]
[ProgId(ProgId)]
[ClassInterface(ClassInterfaceType.None)]
[ComDefaultInterface(typeof(IComImApplication))]
public sealed class Application : EventSourceObject, IComImApplication
{
    /// <summary>The version-independent ProgID.</summary>
    public const string ProgId = "ComIm.Application";

    private const int MessageReceivedId = 1;
    private const int StateChangedId = 2;

    private readonly Lock _gate = new();
    private readonly MessageInbox _inbox = new();
    private readonly ConnectionPoint _events;
    private readonly SignInManagerObject _signInManager;
    private readonly ConditionalWeakTable<ChatMessage, Message> _messages = [];
    private Session? _session;
    private ImAccountState _state = ImAccountState.SignedOut;
    private readonly Lock _sinkGate = new();
    private int? _sinkCookie;

    /// <summary>Makes an application that is signed out.</summary>
    public Application()
        : base(typeof(IComImEvents))
    {
        _events = PointFor(typeof(IComImEvents));
        _signInManager = new SignInManagerObject(this);
        People = new People(_events);
        Manager = new ConversationsManagerObject(this);
        Contacts = new PersonsAndGroupsManagerObject(this);
    }

    /// <summary>Signs out in the background where the host has not.</summary>
    ~Application()
    {
        if (_session is { } session)
        {
            _ = Task.Run(() => session.DisposeAsync().AsTask());
        }
    }

    /// <inheritdoc/>
    public string State => _state.ToString();

    /// <inheritdoc/>
    public string Address => _session?.Account?.Address ?? "";

    /// <inheritdoc/>
    public string Version => ComServer.ProductVersion;

    /// <inheritdoc/>
    public object? Sink
    {
        set => ConnectSink(value);
    }

    /// <inheritdoc/>
    public IComImSignInManager SignInManager => _signInManager;

    /// <inheritdoc/>
    public IComImConversationsManager ConversationsManager => Manager;

    /// <inheritdoc/>
    public IComImPersonsAndGroupsManager PersonsAndGroupsManager => Contacts;

    /// <inheritdoc/>
    public string DataDirectory { get; set; } = "";

    internal ConnectionPoint Events => _events;

    internal ConversationsManagerObject Manager { get; }

    internal PersonsAndGroupsManagerObject Contacts { get; }

    internal People People { get; }

    /// <inheritdoc/>
    public void SignIn(string address, string password, string server = "", string transport = "")
    {
        var settings = SettingsOf(address, password, server, transport);
        try
        {
            Wait(() => SignInAsync(settings));
        }
        catch (HResultException e) when (e.HResult == HResults.Abort && _session is { Account: null })
        {
            // Only the waiting has ended, because the host is closing.
            _ = Task.Run(SignOutAsync);
            throw;
        }
    }

    /// <inheritdoc/>
    public void SignOut()
    {
        if (_session != null)
        {
            Wait(SignOutAsync);
        }
    }

    /// <inheritdoc/>
    public IComImMessage SendMessage(string to, string text)
    {
        // An empty BSTR may be a null pointer.
        var session = RequireSession();
        ChatMessage? sent = null;
        Wait(async () => sent = await session.Account!.SendAsync(to ?? "", text ?? "").ConfigureAwait(false));
        return Wrap(sent!);
    }

    /// <inheritdoc/>
    public IComImMessage? WaitForMessage(int timeoutMs = -1)
    {
        if (_session == null && _inbox.IsEmpty)
        {
            throw NotSignedIn();
        }

        return _inbox.Take(timeoutMs < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(timeoutMs));
    }

    /// <inheritdoc/>
    public void Wait(int timeoutMs) => PumpingWait.Until(new TaskCompletionSource().Task, TimeSpan.FromMilliseconds(Math.Max(0, timeoutMs)));

    /// <summary>What a sign-in needs to know.</summary>
    internal static ImAccountSettings SettingsOf(string? address, string? password, string? server, string? transport) => new()
    {
        // An empty BSTR may be a null pointer.
        Address = address ?? "",
        Password = password,
        Server = string.IsNullOrWhiteSpace(server) ? null : server,
        Transport = ParseTransport(transport),
    };

    internal async Task SignInAsync(ImAccountSettings settings)
    {
        Session session;
        lock (_gate)
        {
            if (_session != null)
            {
                throw new HResultException(
                    ErrorTable.InvalidRegistrationState, $"{ProgId} is {_state} already. Call SignOut first, or make another {ProgId}.");
            }

            _session = session = new Session(this, new ImClientOptions
            {
                DataDirectory = string.IsNullOrWhiteSpace(DataDirectory) ? null : DataDirectory,
                KeepHistory = Manager.IsHistoryEnabled,
            });
        }

        Manager.Forget();
        Follow(session, ImAccountState.SigningIn);
        try
        {
            await session.SignInAsync(settings with
            {
                IncomingConversations = Manager.AutoAccept ? IncomingConversations.Accept : IncomingConversations.Ask,
            }).ConfigureAwait(false);
            People.Enter(session.Account);
            Contacts.Take(session.Account!.Contacts.All);
            Follow(session, ImAccountState.SignedIn);
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            Follow(session, ImAccountState.SignedOut);
            throw;
        }
    }

    internal async Task SignOutAsync()
    {
        if (_session is { } session)
        {
            _signInManager.Enter("SigningOut");
            try
            {
                await session.DisposeAsync().ConfigureAwait(false);
            }
            finally
            {
                Follow(session, ImAccountState.SignedOut);
            }
        }
    }

    /// <summary>The session of who is signed in.</summary>
    /// <exception cref="HResultException">Nobody is.</exception>
    internal Session RequireSession() => _session is { Account: not null } session ? session : throw NotSignedIn();

    /// <summary>The object of a message; one for each.</summary>
    internal Message Wrap(ChatMessage message) => _messages.GetValue(message, m => new Message(m, People.Get(m.From)));

    /// <summary>A message has come in: to the sinks, then to whoever waits (<see cref="MessageInbox.Take"/> relies on the order).</summary>
    internal void Receive(ChatMessage chatMessage)
    {
        var message = Wrap(chatMessage);
        _events.Raise(MessageReceivedId, message);
        _inbox.Add(message);
    }

    /// <summary>Takes over the state of a session, unless it has been replaced. A session that is signed out has ended.</summary>
    internal void Follow(Session session, ImAccountState state)
    {
        lock (_gate)
        {
            if (_session != session || _state == state)
            {
                return;
            }

            _state = state;
            _session = state is ImAccountState.SignedOut or ImAccountState.Rejected ? null : _session;

            // Under the lock, so that the events come in the order of the states; raising only enqueues.
            _events.Raise(StateChangedId, state.ToString());
            _signInManager.Enter(state.ToString());
        }

        if (state == ImAccountState.SignedOut)
        {
            People.Enter(null);
            Contacts.Take([]);
        }
    }

    internal static HResultException NotSignedIn() =>
        new(ErrorTable.InvalidRegistrationState, "Not signed in. Call SignIn first.");

    private static ImTransport ParseTransport(string? transport) => transport?.Trim().ToUpperInvariant() switch
    {
        null or "" => ImTransport.Auto,
        "UDP" => ImTransport.Udp,
        "TCP" => ImTransport.Tcp,
        "TLS" => ImTransport.Tls,
        _ => throw new HResultException(HResults.InvalidArgument, $"The transport is \"udp\", \"tcp\" or \"tls\", not \"{transport}\"."),
    };

    // Off the caller's thread: a host's synchronisation context must not be needed to end what the host waits for.
    private static void Wait(Func<Task> operation)
    {
        try
        {
            PumpingWait.Completion(Task.Run(operation));
        }
        catch (ImException e)
        {
            throw ErrorTable.Translate(e);
        }
        catch (OperationCanceledException e)
        {
            throw new HResultException(HResults.Abort, "The operation was given up, because SignOut was called meanwhile.", e);
        }
    }

    private void ConnectSink(object? sink)
    {
        lock (_sinkGate)
        {
            if (_sinkCookie is { } old)
            {
                _sinkCookie = null;
                _events.Unadvise(old);
            }

            if (sink is not (null or Nothing or DBNull or System.Reflection.Missing))
            {
                _events.Advise(sink, out var cookie);
                _sinkCookie = cookie;
            }
        }
    }
}
