namespace ComIm.Server.Conferencing;

/// <summary>
/// What a room had accepted for members who are out of it now, and have not answered: it is theirs when they come back. Used under the
/// room's lock.
/// </summary>
/// <param name="maxBytes">Bytes that are kept; what is kept longest goes first.</param>
internal sealed class UnreadMessages(int maxBytes)
{
    private readonly OrderedDictionary<string, IReadOnlyList<RoomMessage>> _byUser = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>Keeps what a user has not answered.</summary>
    /// <param name="user">The user part of the address.</param>
    /// <param name="messages">In their order.</param>
    public void Keep(string user, IReadOnlyList<RoomMessage> messages)
    {
        if (messages.Count == 0)
        {
            return;
        }

        IReadOnlyList<RoomMessage> all = [.. Take(user).Concat(messages).DistinctBy(m => m.Number)];
        _byUser.Add(user, all);
        _bytes += all.Sum(m => (long)m.Size);
        while (_bytes > maxBytes)
        {
            Take(_byUser.GetAt(0).Key);
        }
    }

    /// <summary>Gives out what is kept for a user, and keeps it no longer.</summary>
    public IReadOnlyList<RoomMessage> Take(string user)
    {
        if (!_byUser.Remove(user, out var messages))
        {
            return [];
        }

        _bytes -= messages.Sum(m => (long)m.Size);
        return messages;
    }
}
