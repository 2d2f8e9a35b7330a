namespace ComIm.Sip.Dialogs;

/// <summary>The states of a dialog (RFC 3261 section 12).</summary>
public enum DialogState
{
    /// <summary>Made by a provisional response.</summary>
    Early,

    /// <summary>Made, or made lasting, by a 2xx.</summary>
    Confirmed,

    /// <summary>Over.</summary>
    Terminated,
}
