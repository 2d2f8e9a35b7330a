namespace ComIm.Client.Messaging;

/// <summary>How one message is sent.</summary>
public sealed record SendOptions
{
    /// <summary>
    /// Whether the recipient's software is asked to say when the message was delivered and displayed (RFC 5438). Null asks where
    /// the peer has shown that it takes such requests; true finds out first (by OPTIONS) where that is not known; false never asks.
    /// A peer that does not take them is sent the message all the same.
    /// </summary>
    public bool? RequestReceipts { get; init; }
}
