namespace ComIm.Server.Storage;

/// <summary>How many messages wait: in all, for each user, and of each sender for each user. Safe for use by several threads.</summary>
internal sealed class MailboxCounts(MessageStoreOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<(string User, string Sender), int> _senders = [];

    /// <summary>How many wait in all.</summary>
    public int Total { get; private set; }

    /// <summary>Whether anything waits for a user.</summary>
    /// <param name="user">The user part of the address.</param>
    public bool Has(string user)
    {
        lock (_gate)
        {
            return _users.ContainsKey(user);
        }
    }

    /// <summary>Counts a message before it is written, so that many at once cannot go beyond a bound.</summary>
    /// <param name="user">Its recipient.</param>
    /// <param name="sender">Its sender.</param>
    /// <returns><see cref="StoreVerdict.Stored"/> where there is room, else which bound it is beyond; then it is not counted.</returns>
    public StoreVerdict TryReserve(string user, string sender)
    {
        lock (_gate)
        {
            if (Total >= options.MaxTotal)
            {
                return StoreVerdict.Full;
            }

            if (_users.GetValueOrDefault(user) >= options.MaxPerUser)
            {
                return StoreVerdict.UserFull;
            }

            // Last, so that who has filled his part learns of a full mailbox what the others do.
            if (_senders.GetValueOrDefault((user, sender)) >= options.PerSender)
            {
                return StoreVerdict.SenderFull;
            }

            Change(user, sender, 1);
            return StoreVerdict.Stored;
        }
    }

    /// <summary>Messages are gone, or were not stored after all.</summary>
    /// <param name="user">Their recipient.</param>
    /// <param name="sender">Their sender.</param>
    /// <param name="count">How many.</param>
    public void Release(string user, string sender, int count)
    {
        lock (_gate)
        {
            Change(user, sender, -count);
        }
    }

    /// <summary>Begins anew with what the disk says.</summary>
    /// <param name="counts">How many wait, of each sender for each user.</param>
    public void Reset(IEnumerable<(string User, string Sender, int Count)> counts)
    {
        lock (_gate)
        {
            _users.Clear();
            _senders.Clear();
            Total = 0;
            foreach (var (user, sender, count) in counts)
            {
                Change(user, sender, count);
            }
        }
    }

    private void Change(string user, string sender, int change)
    {
        Total += change;
        Change(_users, user, change);
        Change(_senders, (user, sender), change);
    }

    // What is at nothing is forgotten, or names would gather.
    private static void Change<TKey>(Dictionary<TKey, int> counts, TKey key, int change)
        where TKey : notnull
    {
        var count = counts.GetValueOrDefault(key) + change;
        if (count > 0)
        {
            counts[key] = count;
        }
        else
        {
            counts.Remove(key);
        }
    }
}
