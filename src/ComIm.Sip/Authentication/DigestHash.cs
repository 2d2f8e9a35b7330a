using System.Security.Cryptography;
using System.Text;

namespace ComIm.Sip.Authentication;

/// <summary>The arithmetic of digest authentication (RFC 7616 section 3.4).</summary>
public static class DigestHash
{
    /// <summary>The algorithm of a name; false for one that is not known here, the -sess forms among them.</summary>
    /// <param name="name">The algorithm parameter; null means MD5.</param>
    /// <param name="algorithm">The algorithm.</param>
    public static bool TryParse(string? name, out DigestAlgorithm algorithm)
    {
        algorithm = string.Equals(name, "SHA-256", StringComparison.OrdinalIgnoreCase) ? DigestAlgorithm.Sha256 : DigestAlgorithm.Md5;
        return algorithm != DigestAlgorithm.Md5 || name is null || name.Equals("MD5", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The algorithm parameter.</summary>
    /// <param name="algorithm">The algorithm.</param>
    public static string NameOf(DigestAlgorithm algorithm) => algorithm == DigestAlgorithm.Md5 ? "MD5" : "SHA-256";

    /// <summary>The hash of a text, in lower-case hexadecimal.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="text">Hashed as UTF-8.</param>
    public static string Hash(DigestAlgorithm algorithm, string text) => Hash(algorithm, Encoding.UTF8.GetBytes(text));

    /// <summary>The hash of bytes, in lower-case hexadecimal.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="bytes">The bytes.</param>
    public static string Hash(DigestAlgorithm algorithm, ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(
#pragma warning disable CA5351 // MD5 is what the protocol's older half speaks; stronger ones are preferred where offered.
        algorithm == DigestAlgorithm.Md5 ? MD5.HashData(bytes) : SHA256.HashData(bytes));
#pragma warning restore CA5351

    /// <summary>H(A1): what a server needs to store instead of the password.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="userName">The user name.</param>
    /// <param name="realm">The realm.</param>
    /// <param name="password">The password.</param>
    public static string UserHash(DigestAlgorithm algorithm, string userName, string realm, string password) =>
        Hash(algorithm, $"{userName}:{realm}:{password}");

    /// <summary>The response parameter.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="userHash">H(A1), of <see cref="UserHash"/>.</param>
    /// <param name="input">What else goes in.</param>
    public static string Response(DigestAlgorithm algorithm, string userHash, DigestInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var requestHash = Hash(algorithm, input.Qop == "auth-int"
            ? $"{input.Method}:{input.Uri}:{Hash(algorithm, input.Body.Span)}"
            : $"{input.Method}:{input.Uri}");

        // Without qop the formula is that of RFC 2069.
        return Hash(algorithm, input.Qop is null
            ? $"{userHash}:{input.Nonce}:{requestHash}"
            : $"{userHash}:{input.Nonce}:{input.NonceCount}:{input.ClientNonce}:{input.Qop}:{requestHash}");
    }
}
