namespace ComIm.Sip.Dialogs;

/// <summary>How far the other side has come with a REFER (RFC 3515 section 2.4.5).</summary>
/// <param name="StatusCode">The status of the request it sent in turn: 100 at first; 0 where it never said.</param>
/// <param name="ReasonPhrase">Its phrase.</param>
/// <param name="IsLast">True where no more will come.</param>
public sealed record ReferProgress(int StatusCode, string ReasonPhrase, bool IsLast);
