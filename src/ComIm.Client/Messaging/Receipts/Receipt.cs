namespace ComIm.Client.Messaging.Receipts;

/// <summary>A disposition notification (RFC 5438): what became of a message.</summary>
/// <param name="MessageId">The message, by the name that its sender gave it.</param>
/// <param name="Status">What became of it.</param>
internal sealed record Receipt(string MessageId, ReceiptStatus Status);
