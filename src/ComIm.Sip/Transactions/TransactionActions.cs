namespace ComIm.Sip.Transactions;

/// <summary>What a transaction does on its way from one state to the next.</summary>
[Flags]
public enum TransactionActions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Sends the request, or the last response, again or for the first time.</summary>
    Send = 1,

    /// <summary>Acknowledges a refusal of an INVITE (RFC 3261 section 17.1.1.3).</summary>
    SendAck = 2,

    /// <summary>Hands the message to the transaction user.</summary>
    Pass = 4,

    /// <summary>Tells the transaction user that nobody answered.</summary>
    ReportTimeout = 8,

    /// <summary>Tells the transaction user that the network failed.</summary>
    ReportTransportError = 16,

    /// <summary>Sets the retransmission timer, doubled.</summary>
    SetRetransmit = 32,

    /// <summary>Sets the timeout timer.</summary>
    SetTimeout = 64,

    /// <summary>Sets the linger timer; over a reliable transport it is zero but for RFC 6026's L and M.</summary>
    SetLinger = 128,

    /// <summary>Sets the retransmission timer to T2 (RFC 3261 section 17.1.2.2, in Proceeding).</summary>
    SetRetransmitSlow = 256,

    /// <summary>Stops the retransmission and timeout timers.</summary>
    StopTimers = 512,
}
