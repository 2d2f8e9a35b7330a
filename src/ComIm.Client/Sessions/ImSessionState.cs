namespace ComIm.Client.Sessions;

/// <summary>Where an <see cref="ImSession"/> stands.</summary>
public enum ImSessionState
{
    /// <summary>Made, and nothing sent.</summary>
    Idle,

    /// <summary>Our INVITE is under way.</summary>
    Inviting,

    /// <summary>The peer's INVITE waits for our answer.</summary>
    Offered,

    /// <summary>There is a dialog.</summary>
    Connected,

    /// <summary>Over; there is no way back.</summary>
    Ended,
}
