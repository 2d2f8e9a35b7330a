namespace ComIm.Client.Presence;

/// <summary>What becomes of those who want to watch us and have neither been allowed nor blocked.</summary>
public enum WatcherPolicy
{
    /// <summary>They may.</summary>
    Allow,

    /// <summary>They wait until they are allowed; <see cref="PresenceService.Watchers"/> shows who waits.</summary>
    Confirm,

    /// <summary>They may not.</summary>
    Block,
}
