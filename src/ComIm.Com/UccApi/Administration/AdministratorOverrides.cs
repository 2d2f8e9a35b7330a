using System.ComponentModel;
using ComIm.Com.Interop;
using ComIm.Com.Registration;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Endpoints;

namespace ComIm.Com.UccApi.Administration;

/// <summary>
/// What the administrator has set, of several places: an earlier one has the last word on each value, and in one place
/// an application's own name before <see cref="ApplicationSetting.EveryApplication"/>.
/// </summary>
internal sealed class AdministratorOverrides(params ISettingStore[] stores) : IEndpointOverrides
{
    /// <summary>The machine, then the user, then the environment.</summary>
    public static AdministratorOverrides Default { get; } = new(OperatingSystem.IsWindows()
        ? [new RegistrySettings(RegistrationScope.Machine), new RegistrySettings(RegistrationScope.User), FromEnvironment]
        : [FromEnvironment]);

    private static EnvironmentSettings FromEnvironment => new(Environment.GetEnvironmentVariable);

    /// <inheritdoc/>
    public EndpointOverride? Find(string applicationName)
    {
        var found = new ApplicationSetting();
        try
        {
            foreach (var store in stores)
            {
                found = found.Or(store.Read(applicationName) ?? new ApplicationSetting())
                    .Or(store.Read(ApplicationSetting.EveryApplication) ?? new ApplicationSetting());
            }
        }
        catch (Exception e) when (e is Win32Exception or UnauthorizedAccessException)
        {
            // Signing in with the application's own credentials instead would not be what the administrator wants.
            throw new HResultException(
                HResults.InvalidArgument, $"The administrator's settings for '{applicationName}' cannot be read: {e.Message}", e);
        }

        return found == new ApplicationSetting() ? null : Parse(found, applicationName);
    }

    /// <summary>Reads the texts of a setting.</summary>
    /// <exception cref="HResultException">E_INVALIDARG: one of them means nothing.</exception>
    public static EndpointOverride Parse(ApplicationSetting setting, string applicationName) => new()
    {
        Server = setting.Server,
        Transport = setting.Transport?.Trim().ToUpperInvariant() switch
        {
            null => null,
            "UDP" => UCC_TRANSPORT_MODE.UCCTM_UDP,
            "TCP" => UCC_TRANSPORT_MODE.UCCTM_TCP,
            "TLS" => UCC_TRANSPORT_MODE.UCCTM_TLS,
            _ => throw Unknown("transport", setting.Transport, applicationName),
        },
        AuthenticationModes = setting.Authentication?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(0, (sum, word) => sum | (int)ModeOf(word, applicationName)),
        UserName = setting.UserName,
        Password = setting.Password,
    };

    private static UCC_AUTHENTICATION_MODES ModeOf(string word, string applicationName) => word.ToUpperInvariant() switch
    {
        "NONE" => UCC_AUTHENTICATION_MODES.UCCAM_NONE,
        "BASIC" => UCC_AUTHENTICATION_MODES.UCCAM_BASIC,
        "DIGEST" => UCC_AUTHENTICATION_MODES.UCCAM_DIGEST,
        "NTLM" => UCC_AUTHENTICATION_MODES.UCCAM_NTLM,
        "KERBEROS" => UCC_AUTHENTICATION_MODES.UCCAM_KERBEROS,
        _ => throw Unknown("authentication", word, applicationName),
    };

    private static HResultException Unknown(string what, string value, string applicationName) => new(
        HResults.InvalidArgument, $"The administrator has set the {what} '{value}' for '{applicationName}', which is not known.");
}
