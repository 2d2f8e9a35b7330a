using System.Runtime.Versioning;
using Microsoft.Win32;

namespace ComIm.Com.Registration;

/// <summary>The registry of Windows.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsClassRegistry : IClassRegistry, IDisposable
{
    private readonly RegistryKey _hive;
    private readonly RegistryKey _software;

    /// <param name="scope">Whose classes.</param>
    public WindowsClassRegistry(RegistrationScope scope)
    {
        // One view, whatever this process is: what is for programs of 32 bit is written where they will find it.
        var hive = scope == RegistrationScope.Machine ? RegistryHive.LocalMachine : RegistryHive.CurrentUser;
        var view = Environment.Is64BitOperatingSystem ? RegistryView.Registry64 : RegistryView.Registry32;
        _hive = RegistryKey.OpenBaseKey(hive, view);
        _software = _hive.CreateSubKey("Software", writable: true);
    }

    public void SetValue(string path, string name, string value)
    {
        using var key = _software.CreateSubKey(path, writable: true);
        key.SetValue(name, value, RegistryValueKind.String);
    }

    public void SetValue(string path, string name, byte[] value)
    {
        using var key = _software.CreateSubKey(path, writable: true);
        key.SetValue(name, value, RegistryValueKind.Binary);
    }

    public string? GetValue(string path, string name)
    {
        using var key = _software.OpenSubKey(path);
        return key?.GetValue(name) as string;
    }

    public bool Exists(string path)
    {
        using var key = _software.OpenSubKey(path);
        return key != null;
    }

    public void CopyTree(string from, string to)
    {
        using var source = _software.OpenSubKey(from);
        if (source != null)
        {
            using var target = _software.CreateSubKey(to, writable: true);
            Copy(source, target);
        }
    }

    public void DeleteTree(string path) => _software.DeleteSubKeyTree(path, throwOnMissingSubKey: false);

    public void DeleteIfEmpty(string path)
    {
        using (var key = _software.OpenSubKey(path))
        {
            if (key == null || key.SubKeyCount > 0 || key.ValueCount > 0)
            {
                return;
            }
        }

        _software.DeleteSubKey(path, throwOnMissingSubKey: false);
    }

    public void Dispose()
    {
        _software.Dispose();
        _hive.Dispose();
    }

    private static void Copy(RegistryKey source, RegistryKey target)
    {
        foreach (var name in source.GetValueNames())
        {
            // Unexpanded, so that %SystemRoot% stays what it is.
            target.SetValue(name, source.GetValue(name, null, RegistryValueOptions.DoNotExpandEnvironmentNames)!, source.GetValueKind(name));
        }

        foreach (var name in source.GetSubKeyNames())
        {
            using var inner = source.OpenSubKey(name)!;
            using var copy = target.CreateSubKey(name, writable: true);
            Copy(inner, copy);
        }
    }
}
