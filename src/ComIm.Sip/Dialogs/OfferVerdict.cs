namespace ComIm.Sip.Dialogs;

/// <summary>What becomes of an INVITE or UPDATE inside a dialog.</summary>
public enum OfferVerdict
{
    /// <summary>It is answered.</summary>
    Accept,

    /// <summary>An offer of ours is still open: 491 (RFC 3261 section 14.2, RFC 3311 section 5.2).</summary>
    Glare,

    /// <summary>An offer of the peer is still to be answered: 500 with Retry-After (the same sections).</summary>
    Busy,
}
