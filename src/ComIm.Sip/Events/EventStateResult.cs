namespace ComIm.Sip.Events;

/// <summary>What becomes of a PUBLISH.</summary>
/// <param name="StatusCode">200, 400, 412, 413, 423 or 503.</param>
/// <param name="EntityTag">The new SIP-ETag; null where it is refused.</param>
/// <param name="Lifetime">Expires of a 200, Min-Expires of a 423.</param>
/// <param name="Changed">True where the event state is another than before: a refresh changes nothing.</param>
public sealed record EventStateResult(int StatusCode, string? EntityTag, TimeSpan Lifetime, bool Changed);
