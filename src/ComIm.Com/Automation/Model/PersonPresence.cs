using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Presence;
using ComIm.Com.Automation.Observables;

namespace ComIm.Com.Automation.Model;

/// <summary>
/// Watches one person while anybody wants to know. The wish outlives a sign-out: with the next sign-in the watching goes on. The
/// client holds the person weakly, so that it holds no application that its script has dropped.
/// </summary>
internal sealed class PersonPresence : IFollowed
{
    private readonly Lock _gate = new();
    private ImAccount? _account;
    private Presentity? _watched;
    private int _followers;

    /// <summary>Whose it is.</summary>
    public PersonObject? Person { get; set; }

    public IDisposable Follow()
    {
        lock (_gate)
        {
            _followers++;
            Adjust();
        }

        return new Follower(this);
    }

    public async Task FetchAsync()
    {
        using (Follow())
        {
            if ((_watched ?? throw Application.NotSignedIn()) is { SubscriptionState: PresenceSubscriptionState.Subscribing } watched)
            {
                await FirstWordOf(watched).ConfigureAwait(false);
            }

            if (_watched is { } now)
            {
                Person!.Take(now.Status, now.DisplayName);
            }
        }
    }

    /// <summary>The account has signed in, or out where there is none.</summary>
    public void Enter(ImAccount? account)
    {
        lock (_gate)
        {
            if (_account != account)
            {
                _account = account;
                _watched = null;
                Person!.Take(PresenceStatus.Unknown, null, account is null ? "SignedOut" : "");
                Adjust();
            }
        }
    }

    private static async Task FirstWordOf(Presentity watched)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnChanged(object? sender, PresentityChangedEventArgs e)
        {
            if (watched.SubscriptionState != PresenceSubscriptionState.Subscribing)
            {
                told.TrySetResult();
            }
        }

        watched.Changed += OnChanged;
        if (watched.SubscriptionState != PresenceSubscriptionState.Subscribing)
        {
            told.TrySetResult();
        }

        await told.Task.ConfigureAwait(false);
        watched.Changed -= OnChanged;
    }

    private void Adjust()
    {
        if (_followers > 0 && _watched is null && _account is { State: not ImAccountState.SignedOut } account && Person!.Address.Length > 0)
        {
            try
            {
                _watched = account.Presence.Watch(Person.Address);
            }
            catch (ImException)
            {
                // Signed out this moment; the next sign-in begins the watching.
                return;
            }

            var person = new WeakReference<PersonObject>(Person);
            _watched.Changed += (_, e) =>
            {
                if (person.TryGetTarget(out var target))
                {
                    target.Take(e.Status, e.Presentity.DisplayName);
                }
            };
        }
        else if (_followers == 0)
        {
            _watched?.Dispose();
            _watched = null;
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            _followers--;
            Adjust();
        }
    }

    private sealed class Follower(PersonPresence presence) : IDisposable
    {
        private bool _left;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _left, true))
            {
                presence.Leave();
            }
        }
    }
}
