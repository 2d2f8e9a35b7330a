using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Events;

/// <summary>What a notifier says.</summary>
/// <param name="State">The subscription's state; null where the message does not say.</param>
/// <param name="Body">The event state; null where there is none.</param>
/// <param name="Message">The message it came in: a NOTIFY, or what a dialect puts in its place.</param>
public sealed record Notification(SubscriptionStateHeader? State, SessionBody? Body, SipMessage Message)
{
    /// <summary>Reads a message.</summary>
    /// <param name="message">The message.</param>
    public static Notification Of(SipMessage message) => new(SubscriptionStateHeader.Of(message), SessionBody.Of(message), message);
}
