namespace ComIm.Sip.Messages;

/// <summary>
/// The header fields this stack knows by number, so that looking one up compares numbers, not text. Every other field
/// is <see cref="Other"/> and found by its name.
/// </summary>
public enum HeaderId : byte
{
    /// <summary>A field without a number of its own.</summary>
    Other,

    /// <summary>RFC 3261 section 20.1.</summary>
    Accept,

    /// <summary>RFC 3261 section 20.5.</summary>
    Allow,

    /// <summary>RFC 6665 section 8.2.2, compact form u.</summary>
    AllowEvents,

    /// <summary>RFC 3261 section 20.6.</summary>
    AuthenticationInfo,

    /// <summary>RFC 3261 section 20.7.</summary>
    Authorization,

    /// <summary>RFC 3261 section 20.8, compact form i.</summary>
    CallId,

    /// <summary>RFC 3261 section 20.10, compact form m.</summary>
    Contact,

    /// <summary>RFC 3261 section 20.11.</summary>
    ContentDisposition,

    /// <summary>RFC 3261 section 20.12, compact form e.</summary>
    ContentEncoding,

    /// <summary>RFC 3261 section 20.14, compact form l.</summary>
    ContentLength,

    /// <summary>RFC 3261 section 20.15, compact form c.</summary>
    ContentType,

    /// <summary>RFC 3261 section 20.16.</summary>
    CSeq,

    /// <summary>RFC 3261 section 20.17.</summary>
    Date,

    /// <summary>RFC 6665 section 8.2.1, compact form o.</summary>
    Event,

    /// <summary>RFC 3261 section 20.19.</summary>
    Expires,

    /// <summary>RFC 3261 section 20.20, compact form f.</summary>
    From,

    /// <summary>RFC 5393 section 5.</summary>
    MaxBreadth,

    /// <summary>RFC 3261 section 20.22.</summary>
    MaxForwards,

    /// <summary>RFC 3261 section 20.23.</summary>
    MinExpires,

    /// <summary>RFC 4028 section 5.</summary>
    MinSE,

    /// <summary>RFC 3327.</summary>
    Path,

    /// <summary>RFC 3261 section 20.27.</summary>
    ProxyAuthenticate,

    /// <summary>RFC 3261 section 20.28.</summary>
    ProxyAuthorization,

    /// <summary>RFC 3261 section 20.29.</summary>
    ProxyRequire,

    /// <summary>RFC 3261 section 20.30.</summary>
    RecordRoute,

    /// <summary>RFC 3892, compact form b.</summary>
    ReferredBy,

    /// <summary>RFC 4488.</summary>
    ReferSub,

    /// <summary>RFC 3515, compact form r.</summary>
    ReferTo,

    /// <summary>RFC 3261 section 20.32.</summary>
    Require,

    /// <summary>RFC 3261 section 20.33.</summary>
    RetryAfter,

    /// <summary>RFC 3261 section 20.34.</summary>
    Route,

    /// <summary>RFC 3261 section 20.35.</summary>
    Server,

    /// <summary>RFC 4028 section 4, compact form x.</summary>
    SessionExpires,

    /// <summary>RFC 3903 section 11.3.1.</summary>
    SipETag,

    /// <summary>RFC 3903 section 11.3.2.</summary>
    SipIfMatch,

    /// <summary>RFC 3261 section 20.36, compact form s.</summary>
    Subject,

    /// <summary>RFC 6665 section 8.2.3.</summary>
    SubscriptionState,

    /// <summary>RFC 3261 section 20.37, compact form k.</summary>
    Supported,

    /// <summary>RFC 3261 section 20.39, compact form t.</summary>
    To,

    /// <summary>RFC 3261 section 20.40.</summary>
    Unsupported,

    /// <summary>RFC 3261 section 20.41.</summary>
    UserAgent,

    /// <summary>RFC 3261 section 20.42, compact form v.</summary>
    Via,

    /// <summary>RFC 3261 section 20.43.</summary>
    Warning,

    /// <summary>RFC 3261 section 20.44.</summary>
    WwwAuthenticate,
}
