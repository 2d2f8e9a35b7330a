namespace ComIm.Client.Conversations;

/// <summary>Where the session of a conversation stands. A conversation in pager mode (RFC 3428) has none and is <see cref="Idle"/>.</summary>
public enum ConversationState
{
    /// <summary>There has been no session, or the peer takes none.</summary>
    Idle,

    /// <summary>Our INVITE is under way.</summary>
    Connecting,

    /// <summary>The peer's INVITE waits to be accepted or rejected.</summary>
    Requested,

    /// <summary>There is a session.</summary>
    Connected,

    /// <summary>The session is over, or was never made. The next message makes a new one.</summary>
    Disconnected,
}
