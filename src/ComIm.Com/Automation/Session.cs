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
    private ImAccount? _account;

    public Session(Application owner) => _owner = new WeakReference<Application>(owner);

    public ImAccount? Account => _account;

    public async Task SignInAsync(ImAccountSettings settings)
    {
        try
        {
            var account = await _client.SignInAsync(settings, _closing.Token).ConfigureAwait(false);
            _account = account;
            _closing.Token.ThrowIfCancellationRequested();
            account.StateChanged += OnStateChanged;

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
                account.MessageReceived -= OnMessageReceived;
            }
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
