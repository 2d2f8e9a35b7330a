using System.Management.Automation;
using ComIm.Client.Accounts;

namespace ComIm.PowerShell;

/// <summary>What a <see cref="PSCredential"/> says of who signs in.</summary>
internal static class SignInName
{
    /// <summary>The settings of an account.</summary>
    /// <param name="address">Who signs in; null takes it from the credential, whose name is then an address.</param>
    /// <param name="credential">User name and password.</param>
    public static ImAccountSettings SettingsOf(string? address, PSCredential credential)
    {
        var name = credential.UserName.TrimStart('\\');
        return new ImAccountSettings
        {
            Address = address ?? name,
            UserName = IsOf(name, address ?? name) ? null : name,
            Password = credential.GetNetworkCredential().Password,
        };
    }

    /// <summary>
    /// People type the whole address into a credential as often as the user part, and for the former the client takes the
    /// user part by itself.
    /// </summary>
    private static bool IsOf(string name, string address) =>
        AddressPattern.WithoutScheme(name).Equals(AddressPattern.WithoutScheme(address), StringComparison.OrdinalIgnoreCase);
}
