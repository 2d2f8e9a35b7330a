using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using ComIm.Com.Registration;
using Microsoft.Win32;

namespace ComIm.Com.UccApi.Administration;

/// <summary>
/// Settings in the registry: <c>Software\ComIm\Applications\NAME</c> of the machine or of a user, with string values
/// named as the properties of <see cref="ApplicationSetting"/>. The password is a binary value that Windows has encrypted
/// (DPAPI): for the user, or for the machine, where whoever may run programs on it can use it. A password in clear is not
/// read.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed class RegistrySettings(RegistrationScope scope) : ISettingStore
{
    private const string Product = @"Software\ComIm";
    private const string Applications = Product + @"\Applications";

    private bool IsMachine => scope == RegistrationScope.Machine;

    public ApplicationSetting? Read(string application)
    {
        using var root = OpenRoot();
        using var key = IsKeyName(application) ? root.OpenSubKey($@"{Applications}\{application}") : null;
        return key == null ? null : new ApplicationSetting
        {
            Server = Text(key, nameof(ApplicationSetting.Server)),
            Transport = Text(key, nameof(ApplicationSetting.Transport)),
            Authentication = Text(key, nameof(ApplicationSetting.Authentication)),
            UserName = Text(key, nameof(ApplicationSetting.UserName)),
            Password = ReadPassword(key),
        };
    }

    /// <summary>The names that have settings here.</summary>
    public IReadOnlyList<string> List()
    {
        using var root = OpenRoot();
        using var key = root.OpenSubKey(Applications);
        return key?.GetSubKeyNames() ?? [];
    }

    /// <summary>Replaces the setting of an application.</summary>
    public void Write(string application, ApplicationSetting setting)
    {
        if (!IsKeyName(application))
        {
            throw new ArgumentException("The name of an application is not empty and has no backslash.", nameof(application));
        }

        using var root = OpenRoot();
        root.DeleteSubKeyTree($@"{Applications}\{application}", throwOnMissingSubKey: false);
        using var key = root.CreateSubKey($@"{Applications}\{application}", writable: true);
        Set(key, nameof(ApplicationSetting.Server), setting.Server);
        Set(key, nameof(ApplicationSetting.Transport), setting.Transport);
        Set(key, nameof(ApplicationSetting.Authentication), setting.Authentication);
        Set(key, nameof(ApplicationSetting.UserName), setting.UserName);
        if (setting.Password != null)
        {
            var protectedPassword = WindowsDataProtection.Protect(Encoding.UTF8.GetBytes(setting.Password), IsMachine);
            key.SetValue(nameof(ApplicationSetting.Password), protectedPassword, RegistryValueKind.Binary);
        }
    }

    /// <summary>Removes the setting of an application, and what is empty then.</summary>
    public void Remove(string application)
    {
        using var root = OpenRoot();
        if (!IsKeyName(application))
        {
            return;
        }

        root.DeleteSubKeyTree($@"{Applications}\{application}", throwOnMissingSubKey: false);
        foreach (var parent in (string[])[Applications, Product])
        {
            using var key = root.OpenSubKey(parent);
            if (key is { SubKeyCount: 0, ValueCount: 0 })
            {
                root.DeleteSubKey(parent, throwOnMissingSubKey: false);
            }
        }
    }

    private static bool IsKeyName(string application) => application.Length is > 0 and < 256 && !application.Contains('\\', StringComparison.Ordinal);

    private static string? Text(RegistryKey key, string name) => key.GetValue(name) is string { Length: > 0 } text ? text : null;

    private static void Set(RegistryKey key, string name, string? value)
    {
        if (value != null)
        {
            key.SetValue(name, value, RegistryValueKind.String);
        }
    }

    private static string? ReadPassword(RegistryKey key)
    {
        if (key.GetValue(nameof(ApplicationSetting.Password)) is not byte[] protectedPassword)
        {
            return null;
        }

        var bytes = WindowsDataProtection.Unprotect(protectedPassword);
        var password = Encoding.UTF8.GetString(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return password;
    }

    private RegistryKey OpenRoot() =>
        RegistryKey.OpenBaseKey(IsMachine ? RegistryHive.LocalMachine : RegistryHive.CurrentUser, RegistryView.Registry64);
}
