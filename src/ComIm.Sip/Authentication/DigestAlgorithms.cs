namespace ComIm.Sip.Authentication;

/// <summary>The names of the algorithms, and what sets them apart.</summary>
public static class DigestAlgorithms
{
    private static readonly string[] Names = ["MD5-sess", "MD5", "SHA-256-sess", "SHA-256", "SHA-512-256-sess", "SHA-512-256"];

    /// <summary>The algorithm of a name; false for one that is not known here.</summary>
    /// <param name="name">The algorithm parameter, in any case; null means MD5.</param>
    /// <param name="algorithm">The algorithm.</param>
    public static bool TryParse(string? name, out DigestAlgorithm algorithm)
    {
        var index = Array.FindIndex(Names, n => n.Equals(name ?? "MD5", StringComparison.OrdinalIgnoreCase));
        algorithm = (DigestAlgorithm)Math.Max(0, index);
        return index >= 0;
    }

    /// <summary>The algorithm parameter.</summary>
    /// <param name="algorithm">The algorithm.</param>
    public static string NameOf(DigestAlgorithm algorithm) => Names[(int)algorithm];

    /// <summary>Whether the session key of RFC 7616 section 3.4.2 stands in place of H(A1).</summary>
    /// <param name="algorithm">The algorithm.</param>
    public static bool IsSession(DigestAlgorithm algorithm) =>
        algorithm is DigestAlgorithm.Md5Session or DigestAlgorithm.Sha256Session or DigestAlgorithm.Sha512256Session;
}
