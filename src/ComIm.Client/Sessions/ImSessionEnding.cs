namespace ComIm.Client.Sessions;

/// <summary>Why an <see cref="ImSession"/> is over.</summary>
public enum ImSessionEnding
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>We ended it.</summary>
    Left,

    /// <summary>The peer ended it.</summary>
    PeerLeft,

    /// <summary>The peer no longer answers, or no longer knows it.</summary>
    PeerLost,

    /// <summary>The peer, or a server, refused our INVITE.</summary>
    Refused,

    /// <summary>We refused the peer's INVITE.</summary>
    Rejected,

    /// <summary>The peer took its INVITE back.</summary>
    Withdrawn,

    /// <summary>The account has signed out.</summary>
    SignedOut,
}
