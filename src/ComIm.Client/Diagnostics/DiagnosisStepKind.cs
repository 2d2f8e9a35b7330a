namespace ComIm.Client.Diagnostics;

/// <summary>The steps between a program and a signed-in account, in the order in which they are taken.</summary>
public enum DiagnosisStepKind
{
    /// <summary>The address and the server are written as such.</summary>
    Address,

    /// <summary>The server's name leads to addresses (RFC 3263).</summary>
    Name,

    /// <summary>Somebody listens there; UDP has no connection, and the answer is the first sign of life.</summary>
    Connection,

    /// <summary>The server proves by its certificate that it is who it should be (RFC 5922); only over TLS.</summary>
    Tls,

    /// <summary>What listens there speaks SIP: it answers OPTIONS (RFC 3261 section 11).</summary>
    Answer,

    /// <summary>The server lets the account sign in (RFC 3261 section 10).</summary>
    Registration,
}
