using ComIm.Client.Conferencing;
using ComIm.Sip.Messages;

namespace ComIm.Client.Conversations;

/// <summary>A conversation of several.</summary>
public sealed partial class Conversation
{
    private readonly ConferenceControl _control;
    private readonly bool _isGroup;
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastNumber;

    /// <summary>Whether the conversation has a room at a server's focus. Once it has, it stays a conference.</summary>
    public bool IsConference => ConferenceUri is not null;

    /// <summary>The room's URI, by which others can join (RFC 4579); null in a chat of two.</summary>
    public string? ConferenceUri { get; private set; }

    /// <summary>Whether only those who were in it before, or are asked by a leader, get in.</summary>
    public bool IsLocked { get; private set; }

    /// <summary>
    /// The conversation has become a conference, or its <see cref="Subject"/> or <see cref="IsLocked"/> has changed.
    /// </summary>
    public event EventHandler<ConversationEventArgs>? ConferenceChanged;

    /// <summary>Whether it is one of several, or is to be.</summary>
    internal bool IsGroup => _isGroup || IsConference;

    /// <summary>Done when the conversation has become a conference, by whomever.</summary>
    internal Task Entered => _entered.Task;

    /// <summary>
    /// Brings somebody in. A chat of two grows into a conference: the server's focus takes over, the other person is moved, the
    /// new one is invited; the object, its messages and those that wait to be sent stay. Where that fails the chat of two goes on;
    /// where only the new person does not come, the two go on in the conference.
    /// </summary>
    /// <param name="address">A SIP URI; the scheme may be left out.</param>
    /// <param name="cancellationToken">Stops waiting; the person may still come.</param>
    /// <returns>The participant, once they are there.</returns>
    /// <exception cref="ImException">
    /// They are not there: <see cref="ImError.NotAccepted"/> where the server, the other person's software or the new one's has no
    /// conferences, <see cref="ImError.RecipientUnavailable"/>, <see cref="ImError.Forbidden"/> ….
    /// </exception>
    public Task<Participant> AddParticipantAsync(string address, CancellationToken cancellationToken = default)
    {
        var person = ImAddress.Parse(address).AddressOfRecord;
        Use();
        return _control.AddAsync(person).WaitAsync(cancellationToken);
    }

    /// <summary>Takes somebody out of the conference; only a leader may.</summary>
    /// <param name="address">A SIP URI; the scheme may be left out.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ImException">It was refused, or this is no conference.</exception>
    public Task RemoveParticipantAsync(string address, CancellationToken cancellationToken = default)
    {
        var person = ImAddress.Parse(address).AddressOfRecord;
        CheckConference();
        return _control.RemoveAsync(person).WaitAsync(cancellationToken);
    }

    /// <summary>Names what the conversation is about; in a conference for everybody, which only a leader may.</summary>
    /// <param name="subject">The subject; null for none.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ImException">It was refused.</exception>
    public async Task SetSubjectAsync(string? subject, CancellationToken cancellationToken = default)
    {
        Use();
        if (IsConference)
        {
            await _control.ChangeAsync(RoomCommand.Rename(Peer, subject)).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        Subject = subject;
    }

    /// <summary>Locks the conference or opens it again; only a leader may.</summary>
    /// <param name="isLocked">Whether it is to be locked.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ImException">It was refused, or this is no conference.</exception>
    public Task SetLockedAsync(bool isLocked, CancellationToken cancellationToken = default)
    {
        CheckConference();
        return _control.ChangeAsync(RoomCommand.Lock(Peer, isLocked)).WaitAsync(cancellationToken);
    }

    /// <summary>Gives a participant another role; only a leader may.</summary>
    /// <param name="address">A SIP URI; the scheme may be left out.</param>
    /// <param name="role">The role.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ImException">It was refused, or this is no conference.</exception>
    public Task SetRoleAsync(string address, ParticipantRole role, CancellationToken cancellationToken = default)
    {
        var person = ImAddress.Parse(address).AddressOfRecord;
        CheckConference();
        return _control.ChangeAsync(RoomCommand.SetRole(Peer, person.ToString(), role)).WaitAsync(cancellationToken);
    }

    /// <summary>The conversation is in a room from now on.</summary>
    internal void EnterConference(SipUri room)
    {
        if (ConferenceUri == room.ToString())
        {
            return;
        }

        _account.OnMoved(this, Target, room);
        _typing.Theirs.OnStopped();
        Target = room;

        // Whoever was written to by the room's URI is no person.
        _participants.Remove(room);
        ConferenceUri = Peer = room.ToString();
        Sender.OnMoved();
        _account.Events.Post(ConferenceChanged, this, new ConversationEventArgs(this));
        _entered.TrySetResult();
        if (State == ConversationState.Connected)
        {
            _control.Follow(room);
        }
    }

    /// <summary>The roster says something.</summary>
    internal void OnRoster(RosterDocument document)
    {
        var subject = document.Subject is { } named ? named.Length == 0 ? null : named : Subject;
        var isLocked = document.IsLocked ?? IsLocked;
        if (subject != Subject || isLocked != IsLocked)
        {
            (Subject, IsLocked) = (subject, isLocked);
            _account.Events.Post(ConferenceChanged, this, new ConversationEventArgs(this));
        }
    }

    /// <summary>Whether a message of the room has not been seen yet; they come in the order of their numbers.</summary>
    internal bool IsNewInRoom(long? number)
    {
        lock (_gate)
        {
            if (number is not { } known)
            {
                return true;
            }

            var isNew = known > _lastNumber;
            _lastNumber = Math.Max(known, _lastNumber);
            return isNew;
        }
    }

    private void CheckConference()
    {
        Use();
        if (!IsConference)
        {
            throw new ImException(
                ImError.NotAccepted, $"The conversation with {Peer} is a chat of two, which has nothing of a conference to change.");
        }
    }
}
