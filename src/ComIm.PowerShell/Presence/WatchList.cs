using ComIm.Client.Presence;

namespace ComIm.PowerShell;

/// <summary>Whom a connection watches for its script: each once, from the first time they are asked for to the end.</summary>
internal sealed class WatchList(ImConnection connection)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Presentity> _watched = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Watches somebody and waits until the server has said how they are.</summary>
    /// <param name="address">Whom.</param>
    /// <param name="patience">How long; then what is known is returned.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="Client.ImException">The address is none, the account is signed out, or the server refuses.</exception>
    public async Task<Presentity> GetAsync(string address, TimeSpan patience, CancellationToken cancellationToken)
    {
        var presentity = Find(address);
        var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnChanged(object? sender, PresentityChangedEventArgs e) => SetIfKnown(presentity, said);

        presentity.Changed += OnChanged;
        try
        {
            // After the handler, so that nothing falls between the two.
            SetIfKnown(presentity, said);
            await said.Task.WaitAsync(patience, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // What is known by now is that nothing is.
        }
        finally
        {
            presentity.Changed -= OnChanged;
        }

        return presentity is { SubscriptionState: PresenceSubscriptionState.Ended, Failure: { } failure }
            ? throw Forget(presentity, failure)
            : presentity;
    }

    private static void SetIfKnown(Presentity presentity, TaskCompletionSource said)
    {
        if (presentity.LastChanged is not null
            || presentity.SubscriptionState is PresenceSubscriptionState.Pending or PresenceSubscriptionState.Ended)
        {
            said.TrySetResult();
        }
    }

    private Presentity Find(string address)
    {
        var fresh = connection.Account.Presence.Watch(address);
        lock (_gate)
        {
            if (_watched.TryGetValue(fresh.Address, out var known))
            {
                fresh.Dispose();
                return known;
            }

            return _watched[fresh.Address] = fresh;
        }
    }

    /// <summary>What was refused is tried anew the next time.</summary>
    private Exception Forget(Presentity presentity, Exception failure)
    {
        lock (_gate)
        {
            _watched.Remove(presentity.Address);
        }

        presentity.Dispose();
        return failure;
    }
}
