namespace ComIm.Sip.Dialogs;

/// <summary>How an INVITE of ours ended.</summary>
/// <param name="Outcome">The final response that counted.</param>
/// <param name="Session">The session; null where there is none, also where a 2xx crossed our CANCEL and was ended by BYE.</param>
public sealed record InviteOutcome(SipOutcome Outcome, InviteSession? Session);
