using ComIm.Com.Registration;

namespace ComIm.Com.Tests.Registration;

/// <summary>A registry whose user is killed before a write.</summary>
internal sealed class CutShortRegistry(IClassRegistry registry, Func<bool> isKilled) : IClassRegistry
{
    public void SetValue(string path, string name, string value) => Change(() => registry.SetValue(path, name, value));

    public void SetValue(string path, string name, byte[] value) => Change(() => registry.SetValue(path, name, value));

    public string? GetValue(string path, string name) => registry.GetValue(path, name);

    public bool Exists(string path) => registry.Exists(path);

    public void CopyTree(string from, string to) => Change(() => registry.CopyTree(from, to));

    public void DeleteTree(string path) => Change(() => registry.DeleteTree(path));

    public void DeleteIfEmpty(string path) => registry.DeleteIfEmpty(path);

    private void Change(Action change)
    {
        if (isKilled())
        {
            throw new OperationCanceledException();
        }

        change();
    }
}
