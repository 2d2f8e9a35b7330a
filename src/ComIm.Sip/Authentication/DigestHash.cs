using System.Security.Cryptography;
using System.Text;

namespace ComIm.Sip.Authentication;

/// <summary>The arithmetic of digest authentication (RFC 7616 section 3.4). Every result is lower-case hexadecimal.</summary>
public static class DigestHash
{
    /// <summary>The hash of a text.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="text">Hashed as UTF-8.</param>
    public static string Hash(DigestAlgorithm algorithm, string text)
    {
        Span<byte> buffer = stackalloc byte[512];
        return Encoding.UTF8.TryGetBytes(text, buffer, out var length) ? Hash(algorithm, buffer[..length]) : Hash(algorithm, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The hash of bytes.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="bytes">The bytes.</param>
    public static string Hash(DigestAlgorithm algorithm, ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(algorithm switch
    {
#pragma warning disable CA5351 // MD5 is what the protocol's older half speaks; stronger ones are preferred where offered.
        DigestAlgorithm.Md5 or DigestAlgorithm.Md5Session => MD5.HashData(bytes),
#pragma warning restore CA5351
        DigestAlgorithm.Sha256 or DigestAlgorithm.Sha256Session => SHA256.HashData(bytes),
        _ => Sha512256.HashData(bytes),
    });

    /// <summary>H(A1) of the plain algorithms: what a server needs to store instead of the password.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="userName">The user name, never hashed beforehand.</param>
    /// <param name="realm">The realm.</param>
    /// <param name="password">The password.</param>
    public static string A1(DigestAlgorithm algorithm, string userName, string realm, string password) =>
        Hash(algorithm, $"{userName}:{realm}:{password}");

    /// <summary>H(A1) of the session algorithms, made once with the nonces of the first request (section 3.4.2).</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="a1">H(A1) of <see cref="A1"/>.</param>
    /// <param name="nonce">The server's nonce.</param>
    /// <param name="clientNonce">The client's nonce.</param>
    public static string SessionA1(DigestAlgorithm algorithm, string a1, string nonce, string clientNonce) =>
        Hash(algorithm, $"{a1}:{nonce}:{clientNonce}");

    /// <summary>The hash that is sent in place of a user name that is to stay hidden (section 3.4.4).</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="userName">The user name.</param>
    /// <param name="realm">The realm.</param>
    public static string UserHash(DigestAlgorithm algorithm, string userName, string realm) => Hash(algorithm, $"{userName}:{realm}");

    /// <summary>The response parameter (section 3.4.1).</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="a1">H(A1), of <see cref="A1"/> or <see cref="SessionA1"/>.</param>
    /// <param name="input">What else goes in.</param>
    public static string Response(DigestAlgorithm algorithm, string a1, DigestInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var a2 = Hash(algorithm, input.Qop == DigestQop.AuthInt
            ? $"{input.Method}:{input.Uri}:{Hash(algorithm, input.Body.Span)}"
            : $"{input.Method}:{input.Uri}");

        // Without qop the formula is that of RFC 2069.
        return Hash(algorithm, input.Qop is null
            ? $"{a1}:{input.Nonce}:{a2}"
            : $"{a1}:{input.Nonce}:{input.NonceCount}:{input.ClientNonce}:{input.Qop}:{a2}");
    }

    /// <summary>Whether two digests are the same, in a time that does not tell where they differ.</summary>
    internal static bool AreEqual(string expected, string received) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(received.ToLowerInvariant()));
}
