using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Messaging;

namespace ComIm.Com.Automation;

/// <summary>
/// One sign-in of an <see cref="Application"/>. The client's threads hold the session, and the session holds the
/// application weakly, so that a script that drops its last reference without SignOut does not keep it alive.
/// </summary>
internal sealed class Session : IAsyncDisposable
{
    private readonly ImClient _client = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly WeakReference<Application> _owner;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _early = [];
    private ImAccount? _account;
    private bool _started;

    public Session(Application owner) => _owner = new WeakReference<Application>(owner);

    public ImAccount? Account => _account;

    public async Task SignInAsync(ImAccountSettings settings)
    {
        try
        {
            var account = await _client.SignInAsync(settings, _closing.Token).ConfigureAwait(false);
            account.StateChanged += OnStateChanged;
            account.MessageReceived += OnMessageReceived;
            _account = account;
            _closing.Token.ThrowIfCancellationRequested();
            DeliverEarlyMessages(account);
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
                account.MessageReceived -= OnMessageReceived;
            }
        }
    }

    // A server that kept messages sends them the moment the registration stands, before we listen to the account; they
    // are in its conversations.
    private void DeliverEarlyMessages(ImAccount account)
    {
        foreach (var message in account.Conversations.SelectMany(c => c.Messages))
        {
            if (message.Direction == MessageDirection.Incoming)
            {
                Deliver(message);
            }
        }

        lock (_gate)
        {
            _started = true;
        }
    }

    private void OnMessageReceived(object? sender, MessageReceivedEventArgs e) => Deliver(e.Message);

    private void Deliver(ChatMessage message)
    {
        lock (_gate)
        {
            // While we start, a message may come both from the conversations and from the event, in either order.
            if (_started ? _early.Remove(message.Id) : !_early.Add(message.Id))
            {
                return;
            }
        }

        if (_owner.TryGetTarget(out var owner))
        {
            owner.Receive(message);
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
