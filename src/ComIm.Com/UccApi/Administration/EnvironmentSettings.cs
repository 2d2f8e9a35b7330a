namespace ComIm.Com.UccApi.Administration;

/// <summary>
/// Settings in the environment of the process, for tests and trials: COMIM_UCC_SERVER, COMIM_UCC_TRANSPORT,
/// COMIM_UCC_AUTHENTICATION, COMIM_UCC_USER and COMIM_UCC_PASSWORD, for the application that COMIM_UCC_APPLICATION names,
/// or for all.
/// </summary>
/// <param name="environment">Reads a variable.</param>
internal sealed class EnvironmentSettings(Func<string, string?> environment) : ISettingStore
{
    public ApplicationSetting? Read(string application)
    {
        var named = Get("APPLICATION") ?? ApplicationSetting.EveryApplication;
        if (!string.Equals(named, application, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return new ApplicationSetting
        {
            Server = Get("SERVER"),
            Transport = Get("TRANSPORT"),
            Authentication = Get("AUTHENTICATION"),
            UserName = Get("USER"),
            Password = Get("PASSWORD"),
        };
    }

    private string? Get(string name) => environment("COMIM_UCC_" + name) is { Length: > 0 } value ? value : null;
}
