namespace ComIm.Com.Registration;

/// <summary>
/// The keys of a type library and of its interfaces, as RegisterTypeLib writes them; that function can write them
/// neither for one user alone nor be tested without Windows.
/// </summary>
internal static class LibraryKeys
{
    /// <summary>The key of the version of the library.</summary>
    public static string Root(RegisteredLibrary library) =>
        $@"{RegistrationKeys.Classes}\TypeLib\{library.RegistryId}\{library.Version}";

    /// <summary>The keys of its interfaces in both views.</summary>
    public static IEnumerable<string> InterfaceRoots(RegisteredLibrary library) =>
        library.Interfaces.SelectMany(i => Views.Select(view => $@"{view}\Interface\{i.Id}"));

    private static string[] Views => [RegistrationKeys.Classes64, RegistrationKeys.Classes32];

    /// <summary>Writes them.</summary>
    public static void Write(IClassRegistry registry, RegistrationPlan plan, RegisteredLibrary library)
    {
        var key = Root(library);
        registry.SetValue(key, "", library.Name);

        // The comhost holds the library of its own bitness as a resource; COM takes a number after the file's name.
        var embedded = library.Resource == 1 ? plan.Files.ComHost : $@"{plan.Files.ComHost}\{library.Resource}";
        registry.SetValue($@"{key}\0\win{plan.Files.Bits}", "", embedded);
        if (plan.Files.Bits == 64)
        {
            registry.SetValue($@"{key}\0\win32", "", plan.Files.Beside(library.File));
        }

        registry.SetValue($@"{key}\FLAGS", "", "0");
        registry.SetValue($@"{key}\HELPDIR", "", plan.Files.Folder);
        foreach (var view in plan.ServesBoth ? Views : [RegistrationKeys.ClassesOf(plan.Files.Bits)])
        {
            foreach (var item in library.Interfaces)
            {
                WriteInterface(registry, $@"{view}\Interface\{item.Id}", item, library);
            }
        }
    }

    private static void WriteInterface(IClassRegistry registry, string key, RegisteredInterface item, RegisteredLibrary library)
    {
        registry.SetValue(key, "", item.Name);
        registry.SetValue($@"{key}\ProxyStubClsid32", "", item.Marshaler);
        registry.SetValue($@"{key}\TypeLib", "", library.RegistryId);
        registry.SetValue($@"{key}\TypeLib", "Version", library.Version);
    }
}
