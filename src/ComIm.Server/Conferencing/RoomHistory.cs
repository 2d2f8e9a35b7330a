namespace ComIm.Server.Conferencing;

/// <summary>The last messages of a room, and how far each user has read. Used under the room's lock.</summary>
/// <param name="capacity">How many are kept; 0 for none.</param>
/// <param name="maxBytes">Bytes that are kept.</param>
/// <param name="budget">What all rooms share; where it has no more, the room's own oldest go.</param>
internal sealed class RoomHistory(int capacity, int maxBytes, HistoryBudget budget)
{
    private readonly Queue<RoomMessage> _messages = new();
    private long _bytes;
    private long _borrowed;
    private bool _isClosed;
    private readonly Dictionary<string, long> _read = new(StringComparer.Ordinal);

    public void Add(RoomMessage message)
    {
        if (capacity > 0 && !_isClosed)
        {
            _messages.Enqueue(message);
            _bytes += message.Size;
            while (_messages.Count > capacity || _bytes > maxBytes || !budget.TryKeep(ref _borrowed, _bytes))
            {
                _bytes -= _messages.Dequeue().Size;
            }
        }
    }

    /// <summary>The room is over: nothing is kept any more, whatever is still said.</summary>
    public void Close()
    {
        _isClosed = true;
        _messages.Clear();
        _bytes = 0;
        budget.TryKeep(ref _borrowed, 0);
    }

    /// <summary>A user has got a message, or has said it.</summary>
    public void OnRead(string user, long number) => _read[user] = Math.Max(number, _read.GetValueOrDefault(user));

    /// <summary>What a user who comes in has not got yet.</summary>
    /// <param name="user">The user part of the address.</param>
    /// <param name="address">His address: what he said himself he knows.</param>
    public IEnumerable<RoomMessage> UnreadOf(string user, string address)
    {
        var read = _read.GetValueOrDefault(user);
        return _messages.Where(m => m.Number > read && m.Sender.UriText != address);
    }
}
