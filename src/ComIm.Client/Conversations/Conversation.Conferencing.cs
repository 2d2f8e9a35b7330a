using ComIm.Client.Conferencing;

namespace ComIm.Client.Conversations;

/// <summary>A conversation of several.</summary>
public sealed partial class Conversation
{
    /// <summary>Whether the conversation has a room at a server's focus. Once it has, it stays a conference.</summary>
    public bool IsConference => ConferenceUri is not null;

    /// <summary>The room's URI, by which others can join (RFC 4579); null in a chat of two.</summary>
    public string? ConferenceUri { get; private set; }

    /// <summary>Whether only those who were in it before, or are asked by a leader, get in.</summary>
    public bool IsLocked { get; private set; }

    /// <summary>
    /// Brings somebody in. A chat of two grows into a conference: the server's focus takes over, the other person is moved, the
    /// new one is invited; the object, its messages and those that wait to be sent stay. Where that fails the chat of two goes on.
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
        _ = ImAddress.Parse(address);
        CheckSignedIn();
        throw NoConference();
    }

    /// <summary>Takes somebody out of the conference; only a leader may.</summary>
    /// <param name="address">A SIP URI; the scheme may be left out.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ImException">It was refused, or this is no conference.</exception>
    public Task RemoveParticipantAsync(string address, CancellationToken cancellationToken = default)
    {
        _ = ImAddress.Parse(address);
        CheckSignedIn();
        throw NoConference();
    }

    /// <summary>Names what the conversation is about; in a conference for everybody, which only a leader may.</summary>
    /// <param name="subject">The subject; null for none.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ImException">It was refused.</exception>
    public Task SetSubjectAsync(string? subject, CancellationToken cancellationToken = default)
    {
        CheckSignedIn();
        Subject = subject;
        return Task.CompletedTask;
    }

    /// <summary>Locks the conference or opens it again; only a leader may.</summary>
    /// <param name="isLocked">Whether it is to be locked.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ImException">It was refused, or this is no conference.</exception>
    public Task SetLockedAsync(bool isLocked, CancellationToken cancellationToken = default)
    {
        CheckSignedIn();
        throw NoConference();
    }

    /// <summary>Gives a participant another role; only a leader may.</summary>
    /// <param name="address">A SIP URI; the scheme may be left out.</param>
    /// <param name="role">The role.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ImException">It was refused, or this is no conference.</exception>
    public Task SetRoleAsync(string address, ParticipantRole role, CancellationToken cancellationToken = default)
    {
        _ = ImAddress.Parse(address);
        CheckSignedIn();
        throw NoConference();
    }

    private ImException NoConference() => new(
        ImError.NotAccepted, $"The conversation with {Peer} is a chat of two, which has nothing of a conference to change.");
}
