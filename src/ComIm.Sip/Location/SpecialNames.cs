namespace ComIm.Sip.Location;

/// <summary>Names that are never asked of DNS (RFC 6761).</summary>
internal static class SpecialNames
{
    /// <summary>This computer (section 6.3).</summary>
    public static bool IsLocalhost(string name) => IsWithin(name, "localhost");

    /// <summary>Names that do not exist by definition (section 6.4).</summary>
    public static bool IsInvalid(string name) => IsWithin(name, "invalid");

    private static bool IsWithin(string name, string top) =>
        name.EndsWith(top, StringComparison.OrdinalIgnoreCase) && (name.Length == top.Length || name[^(top.Length + 1)] == '.');
}
