namespace ComIm.Com.Registration;

/// <summary>
/// Every key of the registration is written and removed from here, so that what is written is what is removed. ComIm's
/// own keys are nobody else's; the original's may be, so they are taken only when asked for and given back
/// (<see cref="ReplacedKeys"/>).
/// </summary>
internal static class RegistrationKeys
{
    /// <summary>Where classes stand, and what of them all programs share.</summary>
    public const string Classes = "Classes";

    /// <summary>Classes and interfaces as programs of 64 bit see them.</summary>
    public const string Classes64 = Classes;

    /// <summary>Classes and interfaces as programs of 32 bit see them.</summary>
    public const string Classes32 = Classes + @"\Wow6432Node";

    /// <summary>What the registration remembers.</summary>
    public const string State = Product + @"\Registration";

    private const string Product = "ComIm";

    private static readonly string[] Parents = ["CLSID", "AppID", "TypeLib", "Interface"];

    private static IEnumerable<RegisteredClass> OwnClasses => RegisteredClass.All.Where(c => !c.IsOriginal);

    private static IEnumerable<RegisteredClass> OriginalClasses => RegisteredClass.All.Where(c => c.IsOriginal);

    // A LIBID has one set of interfaces, whatever versions it has, so all versions go aside together.
    private static List<string> OriginalKeys =>
    [
        .. OriginalClasses.SelectMany(ClassKeys.Roots),
        $@"{Classes}\TypeLib\{RegisteredLibrary.UccApi.RegistryId}",
        .. LibraryKeys.InterfaceRoots(RegisteredLibrary.UccApi),
    ];

    /// <summary>The classes of programs of one bitness.</summary>
    public static string ClassesOf(int bits) => bits == 64 ? Classes64 : Classes32;

    /// <summary>A GUID as keys have it.</summary>
    public static string Braced(Guid id) => id.ToString("B").ToUpperInvariant();

    /// <summary>Writes all keys of a plan; what an earlier plan had more goes.</summary>
    public static void Write(IClassRegistry registry, RegistrationPlan plan)
    {
        RemoveOwn(registry);
        foreach (var item in OwnClasses)
        {
            ClassKeys.Write(registry, plan, item);
        }

        AppIdKeys.Write(registry, plan);
        LibraryKeys.Write(registry, plan, RegisteredLibrary.Own);
        if (!plan.UccApi)
        {
            ReplacedKeys.GiveBack(registry, OriginalKeys);
            RemoveEmpty(registry);
            return;
        }

        ReplacedKeys.Take(registry, OriginalKeys);
        foreach (var item in OriginalClasses)
        {
            ClassKeys.Write(registry, plan, item);
        }

        LibraryKeys.Write(registry, plan, RegisteredLibrary.UccApi);
    }

    /// <summary>Removes all keys; those that are not there are passed over.</summary>
    public static void Remove(IClassRegistry registry)
    {
        RemoveOwn(registry);
        ReplacedKeys.GiveBack(registry, OriginalKeys);
        RemoveEmpty(registry);
    }

    /// <summary>
    /// Takes back what regsvr32 has written of an original class: it enters every class of the comhost, but the
    /// original's are entered only when asked for. The name it gives a class without a ProgID is that of the C# type.
    /// </summary>
    public static void RemoveUnasked(IClassRegistry registry, RegisteredClass item)
    {
        registry.DeleteTree($@"{Classes}\{item.Type.FullName}");
        if (!ReplacedKeys.AreTaken(registry))
        {
            registry.DeleteTree($@"{Classes64}\CLSID\{item.Id}");
        }
    }

    private static void RemoveOwn(IClassRegistry registry)
    {
        foreach (var key in (string[])[.. OwnClasses.SelectMany(ClassKeys.Roots), .. AppIdKeys.Roots, .. LibraryKeys.InterfaceRoots(RegisteredLibrary.Own)])
        {
            registry.DeleteTree(key);
        }

        // Another version of the library may stand beside ours.
        registry.DeleteTree(LibraryKeys.Root(RegisteredLibrary.Own));
        registry.DeleteIfEmpty($@"{Classes}\TypeLib\{RegisteredLibrary.Own.RegistryId}");
    }

    // Of a user's classes ours may have been the first.
    private static void RemoveEmpty(IClassRegistry registry)
    {
        foreach (var parent in Parents)
        {
            registry.DeleteIfEmpty($@"{Classes32}\{parent}");
            registry.DeleteIfEmpty($@"{Classes64}\{parent}");
        }

        registry.DeleteIfEmpty(Classes32);
        registry.DeleteIfEmpty(Product);
    }
}
