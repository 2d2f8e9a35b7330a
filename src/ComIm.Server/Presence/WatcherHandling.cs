namespace ComIm.Server.Presence;

/// <summary>What becomes of somebody who wants to watch: the values of <c>sub-handling</c> (RFC 5025 section 3.2.1), least first.</summary>
public enum WatcherHandling
{
    /// <summary>Refused.</summary>
    Block,

    /// <summary>Waits until the user has said yes or no.</summary>
    Confirm,

    /// <summary>Is shown somebody who is not there.</summary>
    PoliteBlock,

    /// <summary>Sees the presence.</summary>
    Allow,
}
