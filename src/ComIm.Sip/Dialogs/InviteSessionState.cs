namespace ComIm.Sip.Dialogs;

/// <summary>Where a session stands.</summary>
public enum InviteSessionState
{
    /// <summary>Announced by a provisional response.</summary>
    Early,

    /// <summary>Answered by a 2xx.</summary>
    Established,

    /// <summary>Our BYE is under way.</summary>
    Ending,

    /// <summary>Over.</summary>
    Ended,
}
