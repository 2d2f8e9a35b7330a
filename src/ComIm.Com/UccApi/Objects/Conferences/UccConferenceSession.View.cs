using ComIm.Client.Conversations;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Conferences;

/// <summary>What the conference consists of, and how it stands.</summary>
internal sealed partial class UccConferenceSession
{
    private readonly UccConferenceView _view;
    private string _subject = "";
    private bool _isLocked;

    private void OpenView(Conversation room) => _view.Open(room.ConferenceUri!, StateOf(room));

    private void UpdateView()
    {
        if (_room is { } room)
        {
            _view.Update(StateOf(room));
        }
    }

    private void OnConferenceChanged(object? sender, ConversationEventArgs e)
    {
        var (subject, isLocked) = (e.Conversation.Subject ?? "", e.Conversation.IsLocked);
        UpdateView();
        Update(UCC_CONFERENCE_SESSION_PROPERTY.UCCCSPID_SUBJECT, ref _subject, subject);
        Update(UCC_CONFERENCE_SESSION_PROPERTY.UCCCSPID_LOCKED, ref _isLocked, isLocked);
    }

    private void Update<T>(UCC_CONFERENCE_SESSION_PROPERTY property, ref T field, T value)
    {
        if (!Equals(field, value))
        {
            _events.Raise(PropertyUpdatedEvent, this, new UccPropertyUpdateEvent((int)property, field, value));
            field = value;
        }
    }

    // Who has only been asked is not in it.
    private ConferenceEntityState StateOf(Conversation room)
    {
        lock (_gate)
        {
            return new ConferenceEntityState(
                room.Subject ?? "",
                1 + _roster.Count(p => p.State == UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTED),
                room.State == ConversationState.Connected,
                room.IsLocked);
        }
    }
}
