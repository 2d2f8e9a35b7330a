namespace ComIm.Client.Messaging.Receipts;

/// <summary>What a receipt says of a message (RFC 5438 section 11.1).</summary>
internal enum ReceiptStatus
{
    /// <summary>Its recipient has it.</summary>
    Delivered,

    /// <summary>Its recipient has seen it.</summary>
    Displayed,

    /// <summary>It never arrived.</summary>
    Failed,

    /// <summary>The recipient says nothing about it: forbidden, or an error.</summary>
    Withheld,

    /// <summary>A server keeps it for its recipient.</summary>
    Stored,
}
