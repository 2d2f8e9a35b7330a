namespace ComIm.Sip.Dialogs;

/// <summary>Why a session ended.</summary>
public enum SessionEndReason
{
    /// <summary>We said BYE.</summary>
    LocalBye,

    /// <summary>The peer said BYE.</summary>
    RemoteBye,

    /// <summary>It was never answered: refused, cancelled, or another branch was faster.</summary>
    NotAnswered,

    /// <summary>A second branch answered and was not wanted.</summary>
    NotWanted,

    /// <summary>The ACK of our 2xx never came (RFC 3261 section 13.3.1.4).</summary>
    NoAck,

    /// <summary>Nobody refreshed it in time (RFC 4028 section 10).</summary>
    Expired,

    /// <summary>The peer knows nothing of it any more, or does not answer: 481 or 408 (RFC 3261 section 12.2.1.2).</summary>
    PeerLost,
}
