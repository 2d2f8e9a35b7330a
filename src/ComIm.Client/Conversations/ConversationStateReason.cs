namespace ComIm.Client.Conversations;

/// <summary>Why a conversation has entered its state.</summary>
public enum ConversationStateReason
{
    /// <summary>We have begun a session.</summary>
    Started,

    /// <summary>The peer has begun one.</summary>
    StartedByPeer,

    /// <summary>The INVITE was answered by a 2xx.</summary>
    Answered,

    /// <summary>The peer takes no sessions (405, 415, 488, 501); messages go as pager messages.</summary>
    PagerOnly,

    /// <summary>The peer, or a server, refused the INVITE.</summary>
    Refused,

    /// <summary>We rejected the peer's INVITE.</summary>
    Rejected,

    /// <summary>The peer took its INVITE back.</summary>
    Withdrawn,

    /// <summary>We left.</summary>
    Left,

    /// <summary>The peer left.</summary>
    PeerLeft,

    /// <summary>The peer no longer answers, or no longer knows the session.</summary>
    PeerLost,

    /// <summary>The account has signed out.</summary>
    SignedOut,
}
