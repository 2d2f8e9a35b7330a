namespace ComIm.Sip.Messages;

/// <summary>What came of reading bytes.</summary>
/// <param name="Message">
/// The message; with a rejection, as much of it as could be read, for an error response, or null.
/// </param>
/// <param name="Rejection">What is wrong, or <see cref="SipRejection.None"/>.</param>
public readonly record struct SipParseResult(SipMessage? Message, SipRejection Rejection)
{
    /// <summary>True where nothing is wrong.</summary>
    public bool IsValid => Rejection == SipRejection.None;
}
