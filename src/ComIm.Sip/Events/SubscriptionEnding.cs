using ComIm.Sip.Messages;

namespace ComIm.Sip.Events;

/// <summary>How one dialog of a subscription ended.</summary>
/// <param name="Retry">Whether it is worth another attempt.</param>
/// <param name="Reason">The notifier's reason; null where it gave none.</param>
/// <param name="Refusal">The response that refused the SUBSCRIBE; null where none did.</param>
public sealed record SubscriptionEnding(RetryDecision Retry, string? Reason = null, SipResponse? Refusal = null);
