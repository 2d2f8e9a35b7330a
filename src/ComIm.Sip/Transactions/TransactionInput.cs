namespace ComIm.Sip.Transactions;

/// <summary>What can happen to a transaction.</summary>
public enum TransactionInput
{
    /// <summary>The request came in again (server).</summary>
    Request,

    /// <summary>An ACK came in (INVITE server).</summary>
    Ack,

    /// <summary>A 1xx came in (client) or is to be sent (server).</summary>
    Provisional,

    /// <summary>A 2xx came in or is to be sent.</summary>
    Success,

    /// <summary>A 300 to 699 came in or is to be sent.</summary>
    Failure,

    /// <summary>Timer A, E or G: send again.</summary>
    RetransmitTimer,

    /// <summary>Timer B, F or H: nobody answers.</summary>
    TimeoutTimer,

    /// <summary>Timer D, I, J, K, L or M: nothing late can come any more.</summary>
    LingerTimer,

    /// <summary>The message could not be sent, or the connection was lost.</summary>
    TransportError,

    /// <summary>Non-INVITE server: the request will have no response (RFC 4320 section 4.2).</summary>
    Abandon,
}
