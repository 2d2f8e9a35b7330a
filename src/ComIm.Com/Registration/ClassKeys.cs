namespace ComIm.Com.Registration;

/// <summary>
/// The keys of one class. Programs of 32 bit have CLSID keys of their own (<c>Wow6432Node</c>); ProgIDs, type libraries
/// and AppIDs are common to both.
/// </summary>
internal static class ClassKeys
{
    private const string Classes = RegistrationKeys.Classes;

    /// <summary>The keys of the class, in which everything of it lies.</summary>
    public static IEnumerable<string> Roots(RegisteredClass item)
    {
        yield return $@"{RegistrationKeys.Classes64}\CLSID\{item.Id}";
        yield return $@"{RegistrationKeys.Classes32}\CLSID\{item.Id}";
        if (item.ProgId != null)
        {
            yield return $@"{Classes}\{item.ProgId}";
            yield return $@"{Classes}\{item.VersionedProgId}";
        }
    }

    /// <summary>Writes them.</summary>
    public static void Write(IClassRegistry registry, RegistrationPlan plan, RegisteredClass item)
    {
        var own = RegistrationKeys.ClassesOf(plan.Files.Bits);
        WriteClass(registry, $@"{own}\CLSID\{item.Id}", item, plan, isOwn: true);
        if (plan.ServesBoth)
        {
            var other = RegistrationKeys.ClassesOf(96 - plan.Files.Bits);
            WriteClass(registry, $@"{other}\CLSID\{item.Id}", item, plan, isOwn: false);
        }

        if (item is { ProgId: { } name, VersionedProgId: { } versioned })
        {
            registry.SetValue($@"{Classes}\{name}", "", item.Description);
            registry.SetValue($@"{Classes}\{name}\CLSID", "", item.Id);
            registry.SetValue($@"{Classes}\{name}\CurVer", "", versioned);
            registry.SetValue($@"{Classes}\{versioned}", "", item.Description);
            registry.SetValue($@"{Classes}\{versioned}\CLSID", "", item.Id);
        }
    }

    private static void WriteClass(IClassRegistry registry, string key, RegisteredClass item, RegistrationPlan plan, bool isOwn)
    {
        registry.SetValue(key, "", item.Description);
        registry.SetValue(key, "AppID", AppIdKeys.Id);
        if (plan.Process == ServerProcess.OwnProcess)
        {
            registry.SetValue($@"{key}\LocalServer32", "", plan.Files.Command);
        }
        else if (isOwn)
        {
            registry.SetValue($@"{key}\InprocServer32", "", plan.Files.ComHost);
            registry.SetValue($@"{key}\InprocServer32", "ThreadingModel", "Both");
        }

        if (item is { ProgId: { } name, VersionedProgId: { } versioned })
        {
            registry.SetValue($@"{key}\ProgID", "", versioned);
            registry.SetValue($@"{key}\VersionIndependentProgID", "", name);

            // Marks the class as one for Automation, for object browsers.
            registry.SetValue($@"{key}\Programmable", "", "");
        }

        // Without --uccapi the library is not ours to name.
        if (plan.UccApi || item.Library == RegisteredLibrary.Own)
        {
            registry.SetValue($@"{key}\TypeLib", "", item.Library.RegistryId);
            registry.SetValue($@"{key}\Version", "", item.Library.Version);
        }
    }
}
