namespace ComIm.Sip.Transactions;

/// <summary>The states of RFC 3261 figures 5 to 8 and of RFC 6026.</summary>
public enum TransactionState
{
    /// <summary>INVITE client: sent, nothing came back.</summary>
    Calling,

    /// <summary>Non-INVITE: sent or received, nothing answered.</summary>
    Trying,

    /// <summary>A provisional response has gone by.</summary>
    Proceeding,

    /// <summary>A final response has gone by; what is retransmitted is absorbed.</summary>
    Completed,

    /// <summary>INVITE server: the ACK of a refusal has come.</summary>
    Confirmed,

    /// <summary>INVITE, a 2xx has gone by; its retransmissions pass (RFC 6026).</summary>
    Accepted,

    /// <summary>Over.</summary>
    Terminated,
}
