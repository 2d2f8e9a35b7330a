namespace ComIm.Com.Registration;

/// <summary>
/// The part of the registry in which COM classes stand: a <c>Software\Classes</c> key of some root. Paths are relative
/// to it. Tests have one in memory.
/// </summary>
internal interface IClassRegistry
{
    /// <summary>Writes a string value, with the keys above it.</summary>
    /// <param name="path">The key, parts separated by backslashes.</param>
    /// <param name="name">The value's name; empty for the key's default value.</param>
    /// <param name="value">The text.</param>
    void SetValue(string path, string name, string value);

    /// <summary>Removes a key with all that is in it; does nothing where it is not there.</summary>
    void DeleteTree(string path);

    /// <summary>Removes a key if nothing is left in it.</summary>
    void DeleteIfEmpty(string path);
}
