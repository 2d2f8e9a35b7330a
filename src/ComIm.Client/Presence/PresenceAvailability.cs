namespace ComIm.Client.Presence;

/// <summary>Whether somebody can be reached, in the steps that people know.</summary>
public enum PresenceAvailability
{
    /// <summary>Nobody has said, or we may not know.</summary>
    Unknown,

    /// <summary>Not there (PIDF <c>closed</c>).</summary>
    Offline,

    /// <summary>There, and free to talk (PIDF <c>open</c>).</summary>
    Online,

    /// <summary>Signed in, but not at the device.</summary>
    Away,

    /// <summary>Away for a short time.</summary>
    BeRightBack,

    /// <summary>There, but at something else.</summary>
    Busy,

    /// <summary>There, and not to be disturbed.</summary>
    DoNotDisturb,
}
