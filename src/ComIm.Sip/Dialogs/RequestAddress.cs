using ComIm.Sip.Messages;

namespace ComIm.Sip.Dialogs;

/// <summary>How a request inside a dialog is addressed.</summary>
/// <param name="RequestUri">The Request-URI.</param>
/// <param name="Routes">The Route values, topmost first.</param>
/// <param name="NextHop">Whom it is sent to; null where that is no SIP URI.</param>
public sealed record RequestAddress(string RequestUri, IReadOnlyList<string> Routes, SipUri? NextHop);
