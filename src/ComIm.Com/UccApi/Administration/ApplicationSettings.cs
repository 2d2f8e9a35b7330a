using ComIm.Com.Registration;

namespace ComIm.Com.UccApi.Administration;

/// <summary>The settings in the registry, for whoever administers them (<c>comim override</c>).</summary>
public static class ApplicationSettings
{
    /// <summary>Lists them, with the names of their applications.</summary>
    /// <param name="scope">The machine's or the user's.</param>
    /// <exception cref="RegistrationException">This is not Windows.</exception>
    public static IReadOnlyList<(string Application, ApplicationSetting Setting)> List(RegistrationScope scope)
    {
        if (!OperatingSystem.IsWindows())
        {
            throw NotWindows();
        }

        var store = new RegistrySettings(scope);
        var found = new List<(string Application, ApplicationSetting Setting)>();
        foreach (var name in store.List())
        {
            found.Add((name, store.Read(name) ?? new ApplicationSetting()));
        }

        return found;
    }

    /// <summary>Replaces the setting of an application.</summary>
    /// <param name="scope">The machine's or the user's.</param>
    /// <param name="application">The name the application gives to Initialize, or <see cref="ApplicationSetting.EveryApplication"/>.</param>
    /// <param name="setting">The setting.</param>
    /// <exception cref="RegistrationException">It cannot be written, or means nothing.</exception>
    public static void Set(RegistrationScope scope, string application, ApplicationSetting setting)
    {
        if (!OperatingSystem.IsWindows())
        {
            throw NotWindows();
        }

        try
        {
            _ = AdministratorOverrides.Parse(setting, application);
            new RegistrySettings(scope).Write(application, setting);
        }
        catch (Exception e) when (e is Interop.HResultException or ArgumentException)
        {
            throw new RegistrationException(e.Message, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new RegistrationException("A setting of the machine needs administrator rights: run the command elevated, or use --user.", e);
        }
    }

    /// <summary>Removes the setting of an application; does nothing where there is none.</summary>
    /// <param name="scope">The machine's or the user's.</param>
    /// <param name="application">Its name.</param>
    /// <exception cref="RegistrationException">It cannot be removed.</exception>
    public static void Remove(RegistrationScope scope, string application)
    {
        if (!OperatingSystem.IsWindows())
        {
            throw NotWindows();
        }

        try
        {
            new RegistrySettings(scope).Remove(application);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new RegistrationException("A setting of the machine needs administrator rights: run the command elevated, or use --user.", e);
        }
    }

    private static RegistrationException NotWindows() => new("The settings of COM applications exist only on Windows (or Wine): run comim.exe there.");
}
