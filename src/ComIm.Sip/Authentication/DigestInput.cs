namespace ComIm.Sip.Authentication;

/// <summary>What a digest is computed from, the user's secret apart.</summary>
/// <param name="Method">The request's method; empty for the rspauth of a response (RFC 7616 section 3.5).</param>
/// <param name="Uri">The uri parameter, as it is sent.</param>
/// <param name="Nonce">The server's nonce.</param>
/// <param name="Qop"><c>auth</c>, <c>auth-int</c> or null.</param>
/// <param name="NonceCount">Eight hexadecimal digits; unused without qop.</param>
/// <param name="ClientNonce">The client's nonce; unused without qop.</param>
/// <param name="Body">The body, for auth-int.</param>
public sealed record DigestInput(
    string Method, string Uri, string Nonce,
    string? Qop = null, string? NonceCount = null, string? ClientNonce = null, ReadOnlyMemory<byte> Body = default);
