using System.Runtime.Versioning;
using Microsoft.Win32;

namespace ComIm.Com.Registration;

/// <summary>The registry of Windows.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsClassRegistry : IClassRegistry, IDisposable
{
    private readonly RegistryKey _hive;
    private readonly RegistryKey _classes;

    /// <param name="scope">Whose classes.</param>
    public WindowsClassRegistry(RegistrationScope scope)
    {
        // The 64-bit view, whatever this process is: the comhost is a 64-bit library.
        var hive = scope == RegistrationScope.Machine ? RegistryHive.LocalMachine : RegistryHive.CurrentUser;
        _hive = RegistryKey.OpenBaseKey(hive, RegistryView.Registry64);
        _classes = _hive.CreateSubKey(@"Software\Classes", writable: true);
    }

    public void SetValue(string path, string name, string value)
    {
        using var key = _classes.CreateSubKey(path, writable: true);
        key.SetValue(name, value, RegistryValueKind.String);
    }

    public void DeleteTree(string path) => _classes.DeleteSubKeyTree(path, throwOnMissingSubKey: false);

    public void DeleteIfEmpty(string path)
    {
        using (var key = _classes.OpenSubKey(path))
        {
            if (key == null || key.SubKeyCount > 0 || key.ValueCount > 0)
            {
                return;
            }
        }

        _classes.DeleteSubKey(path, throwOnMissingSubKey: false);
    }

    public void Dispose()
    {
        _classes.Dispose();
        _hive.Dispose();
    }
}
