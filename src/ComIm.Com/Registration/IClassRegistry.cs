namespace ComIm.Com.Registration;

/// <summary>
/// The <c>Software</c> key of some root of the registry, as programs of 64 bit see it. Paths are relative to it. Tests
/// have one in memory.
/// </summary>
internal interface IClassRegistry
{
    /// <summary>Writes a string value, with the keys above it.</summary>
    /// <param name="path">The key, parts separated by backslashes.</param>
    /// <param name="name">The value's name; empty for the key's default value.</param>
    /// <param name="value">The text.</param>
    void SetValue(string path, string name, string value);

    /// <summary>Writes a binary value, with the keys above it.</summary>
    /// <param name="path">The key.</param>
    /// <param name="name">The value's name.</param>
    /// <param name="value">The bytes.</param>
    void SetValue(string path, string name, byte[] value);

    /// <summary>Reads a string value; null where there is none.</summary>
    string? GetValue(string path, string name);

    /// <summary>Whether the key is there.</summary>
    bool Exists(string path);

    /// <summary>Copies a key with all that is in it to a place where nothing is.</summary>
    void CopyTree(string from, string to);

    /// <summary>Removes a key with all that is in it; does nothing where it is not there.</summary>
    void DeleteTree(string path);

    /// <summary>Removes a key if nothing is left in it.</summary>
    void DeleteIfEmpty(string path);
}
