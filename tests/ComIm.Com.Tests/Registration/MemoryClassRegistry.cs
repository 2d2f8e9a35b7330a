using ComIm.Com.Registration;

namespace ComIm.Com.Tests.Registration;

/// <summary>A registry in memory: keys with their values, names without regard to case, as in Windows.</summary>
internal sealed class MemoryClassRegistry : IClassRegistry
{
    public SortedDictionary<string, object> Values { get; } = new(StringComparer.OrdinalIgnoreCase);

    public string? this[string path, string name = ""] => GetValue(path, name);

    public void SetValue(string path, string name, string value) => Values[$"{path}@{name}"] = value;

    public void SetValue(string path, string name, byte[] value) => Values[$"{path}@{name}"] = value;

    public string? GetValue(string path, string name) => Values.GetValueOrDefault($"{path}@{name}") as string;

    public bool Exists(string path) => Under(path).Count > 0;

    public void CopyTree(string from, string to)
    {
        foreach (var key in Under(from))
        {
            Values.Add(to + key[from.Length..], Values[key]);
        }
    }

    public void DeleteTree(string path)
    {
        foreach (var key in Under(path))
        {
            Values.Remove(key);
        }
    }

    // A key without values does not exist here, so there is never an empty one.
    public void DeleteIfEmpty(string path)
    {
    }

    private List<string> Under(string path) =>
    [
        .. Values.Keys.Where(key => key.StartsWith(path + "@", StringComparison.OrdinalIgnoreCase)
            || key.StartsWith(path + @"\", StringComparison.OrdinalIgnoreCase)),
    ];
}
