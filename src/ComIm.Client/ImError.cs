namespace ComIm.Client;

/// <summary>Why an operation failed, in terms a user can act on. The SIP status, where there is one, stands beside it.</summary>
public enum ImError
{
    /// <summary>The address is not a SIP URI.</summary>
    BadAddress,

    /// <summary>The server's name cannot be resolved.</summary>
    ServerNotFound,

    /// <summary>The server was found, but no connection could be made, or it was lost.</summary>
    ServerUnreachable,

    /// <summary>The server's certificate does not prove that it is the server that was asked for.</summary>
    ServerNotTrusted,

    /// <summary>Nobody answered in time (408, RFC 3261 timers B and F).</summary>
    Timeout,

    /// <summary>The user name or the password is wrong (401, 407 after credentials were sent).</summary>
    AuthenticationFailed,

    /// <summary>The server understood and refused (403).</summary>
    Forbidden,

    /// <summary>There is no such person (404, 604).</summary>
    RecipientUnknown,

    /// <summary>The person is known but not signed in, or not to be disturbed (430, 477, 480, 486, 600, 603).</summary>
    RecipientUnavailable,

    /// <summary>The other side does not take this kind of message (405, 415, 488, 501), or one of this length (413, 513).</summary>
    NotAccepted,

    /// <summary>The server is overloaded or broken (5xx).</summary>
    ServerFailure,

    /// <summary>Any other refusal.</summary>
    Rejected,

    /// <summary>The account is not signed in, or has been signed out.</summary>
    NotSignedIn,

    /// <summary>What is to be kept on this computer cannot be written or read.</summary>
    StorageFailed,
}
