using System.Runtime.Versioning;
using System.Security;
using Microsoft.Win32;

namespace ComIm.Com.UccApi.Objects.Tracing;

/// <summary>A value of the user's <c>Software\ComIm\Tracing</c> for each application that is traced, as the original had its own key for it.</summary>
[SupportedOSPlatform("windows")]
internal sealed class RegistryTraceSwitch : ITraceSwitch
{
    private const string Product = @"Software\ComIm";
    private const string Tracing = Product + @"\Tracing";

    public static RegistryTraceSwitch Instance { get; } = new();

    public bool IsOn(string applicationName)
    {
        try
        {
            using var root = OpenRoot();
            using var key = root.OpenSubKey(Tracing);
            return key?.GetValue(applicationName) is int and not 0;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or SecurityException or IOException)
        {
            return false;
        }
    }

    public void Set(string applicationName, bool isOn)
    {
        try
        {
            using var root = OpenRoot();
            if (isOn)
            {
                using var key = root.CreateSubKey(Tracing, writable: true);
                key.SetValue(applicationName, 1, RegistryValueKind.DWord);
                return;
            }

            using (var key = root.OpenSubKey(Tracing, writable: true))
            {
                key?.DeleteValue(applicationName, throwOnMissingValue: false);
            }

            RemoveEmpty(root, Tracing);
            RemoveEmpty(root, Product);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or SecurityException or IOException)
        {
            // The trace itself does not depend on it.
        }
    }

    private static void RemoveEmpty(RegistryKey root, string name)
    {
        using var key = root.OpenSubKey(name);
        if (key is { SubKeyCount: 0, ValueCount: 0 })
        {
            root.DeleteSubKey(name, throwOnMissingSubKey: false);
        }
    }

    private static RegistryKey OpenRoot() => RegistryKey.OpenBaseKey(RegistryHive.CurrentUser, RegistryView.Registry64);
}
