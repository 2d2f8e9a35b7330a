using ComIm.Sip.Messages;

namespace ComIm.Client.Typing;

/// <summary>Who types in a room, each for themselves.</summary>
/// <param name="time">The clock.</param>
/// <param name="onChanged">Somebody types, or no longer; it may not block.</param>
internal sealed class RoomTyping(TimeProvider time, Action<SipUri, bool> onChanged)
{
    // More than a room has participants.
    private const int MaxPersons = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<SipUri, TypingReceiver> _persons = [];

    /// <summary>Somebody says so.</summary>
    public void OnNotice(SipUri person, TypingNotice notice) => Find(person, mayAdd: notice.IsActive)?.OnNotice(notice);

    /// <summary>Somebody has said something.</summary>
    public void OnSpoken(SipUri person) => Find(person, mayAdd: false)?.OnStopped();

    /// <summary>Nobody is heard any more.</summary>
    public void Stop()
    {
        List<TypingReceiver> persons;
        lock (_gate)
        {
            persons = [.. _persons.Values];
            _persons.Clear();
        }

        persons.ForEach(p => p.OnStopped());
    }

    private TypingReceiver? Find(SipUri person, bool mayAdd)
    {
        lock (_gate)
        {
            if (!_persons.TryGetValue(person, out var receiver) && mayAdd && _persons.Count < MaxPersons)
            {
                _persons[person] = receiver = new TypingReceiver(time, isTyping => onChanged(person, isTyping));
            }

            return receiver;
        }
    }
}
