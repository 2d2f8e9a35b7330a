using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Contacts;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Com.Automation.Model;
using ComIm.Com.Automation.Observables;

namespace ComIm.Com.Automation;

/// <summary>
/// One sign-in of an <see cref="Application"/>. The client's threads hold the session, and the session holds the
/// application weakly, so that a script that drops its last reference without SignOut does not keep it alive.
/// </summary>
internal sealed class Session : IAsyncDisposable
{
    private readonly ImClient _client;
    private readonly CancellationTokenSource _closing = new();
    private readonly WeakReference<Application> _owner;
    private ImAccount? _account;

    public Session(Application owner, ImClientOptions options)
    {
        _owner = new WeakReference<Application>(owner);
        _client = new ImClient(options);
    }

    public ImAccount? Account => _account;

    public async Task SignInAsync(ImAccountSettings settings)
    {
        try
        {
            var account = await _client.SignInAsync(settings, _closing.Token).ConfigureAwait(false);
            _account = account;
            _closing.Token.ThrowIfCancellationRequested();
            account.StateChanged += OnStateChanged;
            account.ConversationAdded += OnConversationAdded;
            account.ConversationRemoved += OnConversationRemoved;
            account.ConversationRequested += OnConversationRequested;
            account.Contacts.Added += OnContactsChanged;
            account.Contacts.Removed += OnContactsChanged;
            account.Contacts.Changed += OnContactsChanged;

            // The account keeps for us what has come in since the registration stands.
            account.MessageReceived += OnMessageReceived;
        }
        catch
        {
            await _client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Signs out and closes the client; a sign-in that is under way is given up.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await using (_client.ConfigureAwait(false))
        {
            if (_account is { } account)
            {
                await account.SignOutAsync().ConfigureAwait(false);
                account.StateChanged -= OnStateChanged;
                account.ConversationAdded -= OnConversationAdded;
                account.ConversationRemoved -= OnConversationRemoved;
                account.ConversationRequested -= OnConversationRequested;
                account.Contacts.Added -= OnContactsChanged;
                account.Contacts.Removed -= OnContactsChanged;
                account.Contacts.Changed -= OnContactsChanged;
                account.MessageReceived -= OnMessageReceived;
            }
        }
    }

    /// <summary>The promise of an operation: when it has ended, what it has changed stands in the objects and is on its way to listeners.</summary>
    public Promise Promise(Func<Task<object?>> operation) => Observables.Promise.Run(async () =>
    {
        try
        {
            return await operation().ConfigureAwait(false);
        }
        finally
        {
            await Account!.FlushEventsAsync().ConfigureAwait(false);
        }
    });

    /// <summary>The promise of an operation that gives nothing.</summary>
    public Promise Promise(Func<Task> operation) => Promise(async () =>
    {
        await operation().ConfigureAwait(false);
        return (object?)null;
    });

    /// <summary>Tells the application of what happens in a conversation. The conversation does not hold the application by that.</summary>
    public void Follow(Conversation conversation)
    {
        conversation.StateChanged += (_, e) =>
            Tell(conversation, target => target.OnState(e.NewState, ConversationWords.ReasonOf(e.Reason, e.Cause)));
        conversation.ConferenceChanged += (_, _) => Tell(conversation, target => target.OnConference());
        conversation.MessageAdded += (_, e) => Tell(conversation, target => target.OnMessage(e.Message));
        conversation.MessageStatusChanged += (_, e) => Tell(conversation, target => target.OnMessageStatus(e.Message, e.Status));
        conversation.ParticipantAdded += (_, e) => Tell(conversation, target => target.OnParticipant(e.Participant));
        conversation.ParticipantChanged += (_, e) => Tell(conversation, target => target.OnParticipant(e.Participant));
        conversation.ParticipantRemoved += (_, e) => Tell(conversation, target => target.OnParticipantGone(e.Participant));
    }

    private void Tell(Conversation conversation, Action<ConversationObject> what)
    {
        if (_owner.TryGetTarget(out var owner))
        {
            what(owner.Manager.Get(conversation, this));
        }
    }

    private void OnConversationAdded(object? sender, ConversationEventArgs e) => Tell(e.Conversation, static _ => { });

    private void OnConversationRemoved(object? sender, ConversationEventArgs e)
    {
        if (_owner.TryGetTarget(out var owner))
        {
            owner.Manager.Forget(e.Conversation);
        }
    }

    private void OnConversationRequested(object? sender, ConversationRequestedEventArgs e) =>
        Tell(e.Conversation, target => target.OnRequested(e));

    private void OnContactsChanged(object? sender, ContactEventArgs e)
    {
        if (_owner.TryGetTarget(out var owner))
        {
            owner.Contacts.Take(_account!.Contacts.All);
        }
    }

    private void OnMessageReceived(object? sender, MessageReceivedEventArgs e)
    {
        if (_owner.TryGetTarget(out var owner))
        {
            owner.Receive(e.Message);
        }
    }

    private void OnStateChanged(object? sender, ImAccountStateChangedEventArgs e)
    {
        if (_owner.TryGetTarget(out var owner))
        {
            owner.Follow(this, e.NewState);
        }
    }
}
