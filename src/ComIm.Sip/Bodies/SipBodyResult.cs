namespace ComIm.Sip.Bodies;

/// <summary>What came of decoding a body, or of choosing one of its parts.</summary>
/// <param name="Body">The body; null with a rejection.</param>
/// <param name="Rejection">What is wrong, or <see cref="BodyRejection.None"/>.</param>
public readonly record struct SipBodyResult(SipBody? Body, BodyRejection Rejection)
{
    internal static SipBodyResult Of(SipBody body) => new(body, BodyRejection.None);

    internal static SipBodyResult Refused(BodyRejection rejection) => new(null, rejection);
}
