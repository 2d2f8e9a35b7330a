namespace ComIm.Client.Conversations;

/// <summary>How an incoming conversation is rejected; the value is the SIP status code.</summary>
public enum ConversationRejection
{
    /// <summary>Not available now: 480.</summary>
    NotAvailable = 480,

    /// <summary>Busy: 486.</summary>
    Busy = 486,

    /// <summary>Not wanted, here or anywhere else: 603.</summary>
    Decline = 603,
}
