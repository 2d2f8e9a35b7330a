namespace ComIm.Client.Conferencing;

/// <summary>Where a participant of a conversation stands.</summary>
public enum ParticipantState
{
    /// <summary>Not there: not begun yet, left, or lost.</summary>
    Disconnected,

    /// <summary>Has been asked and has not answered yet.</summary>
    Inviting,

    /// <summary>There.</summary>
    Connected,
}
