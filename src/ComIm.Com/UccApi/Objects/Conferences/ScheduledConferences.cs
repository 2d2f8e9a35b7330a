using ComIm.Client.Accounts;
using ComIm.Client.Conversations;

namespace ComIm.Com.UccApi.Objects.Conferences;

/// <summary>
/// The conferences that an endpoint has scheduled. A SIP focus has rooms as long as somebody is in them, so who schedules one is in
/// it from then on, and holds it open for others until it is deleted.
/// </summary>
internal sealed class ScheduledConferences
{
    /// <summary>More than this an application has lost count of.</summary>
    public const int Capacity = 100;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (UccConferenceInformation Information, Conversation Room)> _byId = new(StringComparer.Ordinal);

    public IReadOnlyList<UccConferenceInformation> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _byId.Values.Select(c => c.Information)];
            }
        }
    }

    /// <summary>The conversation of a room: that of a scheduled one, or one that is joined by its URI.</summary>
    public Conversation RoomAt(ImAccount account, string uri)
    {
        lock (_gate)
        {
            return _byId.Values.FirstOrDefault(c => c.Information.ConferenceUri?.Value == uri).Room ?? account.GetConversation(uri);
        }
    }

    public (UccConferenceInformation Information, Conversation Room)? Find(string? id)
    {
        lock (_gate)
        {
            return _byId.TryGetValue(id ?? "", out var known) ? known : null;
        }
    }

    public bool TryAdd(UccConferenceInformation information, Conversation room)
    {
        lock (_gate)
        {
            return _byId.Count < Capacity && _byId.TryAdd(information.ConferenceId, (information, room));
        }
    }

    public void Remove(string id)
    {
        lock (_gate)
        {
            _byId.Remove(id);
        }
    }
}
