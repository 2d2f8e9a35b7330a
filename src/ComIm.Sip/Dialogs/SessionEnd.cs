using ComIm.Sip.Messages;

namespace ComIm.Sip.Dialogs;

/// <summary>How a session ended.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Cause">The message that says so: the peer's BYE, a refusal; null where nobody said anything.</param>
public sealed record SessionEnd(SessionEndReason Reason, SipMessage? Cause = null);
