namespace ComIm.Client.Messaging.Sending;

/// <summary>The last messages sent to a person, by the names that receipts name them by.</summary>
/// <param name="inMemory">How many messages the conversation keeps.</param>
internal sealed class SentMessages(int inMemory)
{
    private const int MaxCapacity = 1000;

    private readonly int _capacity = Math.Min(inMemory, MaxCapacity);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ChatMessage> _byId = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public void Add(ChatMessage message)
    {
        lock (_gate)
        {
            if (_byId.TryAdd(message.Id, message))
            {
                _order.Enqueue(message.Id);
                if (_order.Count > _capacity)
                {
                    _byId.Remove(_order.Dequeue());
                }
            }
        }
    }

    public ChatMessage? Find(string id)
    {
        lock (_gate)
        {
            return _byId.GetValueOrDefault(id);
        }
    }
}
