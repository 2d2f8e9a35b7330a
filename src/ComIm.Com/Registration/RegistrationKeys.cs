using ComIm.Com.Automation;

namespace ComIm.Com.Registration;

/// <summary>
/// Every key of the registration, written here and nowhere else, so that what is written is what is removed. The type
/// library's keys are those that RegisterTypeLib writes; it cannot write them for one user without that function's
/// helper, nor can it be tested without Windows.
/// </summary>
internal static class RegistrationKeys
{
    /// <summary>The ProgID of this generation of the object model.</summary>
    public const string VersionedProgId = Application.ProgId + ".1";

    private const string ClassName = "ComIm Application";
    private const string LibraryName = "ComIm: SIP instant messaging for Automation";

    // oleaut32's marshallers: by type library for dual interfaces, by IDispatch for event interfaces.
    private const string TypeLibraryMarshaler = "{00020424-0000-0000-C000-000000000046}";
    private const string DispatchMarshaler = "{00020420-0000-0000-C000-000000000046}";

    private static readonly string ClassId = Braced(ContractIds.ApplicationClass);
    private static readonly string AppId = Braced(ContractIds.AppId);
    private static readonly string LibraryId = ComServer.TypeLibraryId.ToString("B").ToUpperInvariant();

    private static readonly (string Id, string Name, string Marshaler)[] Interfaces =
    [
        (ContractIds.ApplicationInterface, "IComImApplication", TypeLibraryMarshaler),
        (ContractIds.MessageInterface, "IComImMessage", TypeLibraryMarshaler),
        (ContractIds.Events, "_IComImEvents", DispatchMarshaler),
    ];

    /// <summary>Writes all keys.</summary>
    /// <param name="registry">Where to.</param>
    /// <param name="comHost">The full path of the comhost.</param>
    public static void Write(IClassRegistry registry, string comHost)
    {
        WriteClass(registry, comHost);
        WriteProgIds(registry);
        registry.SetValue($@"AppID\{AppId}", "", "ComIm");
        registry.SetValue($@"AppID\{ComServer.ComHostFile}", "AppID", AppId);
        WriteTypeLibrary(registry, comHost);
        foreach (var (id, name, marshaler) in Interfaces)
        {
            WriteInterface(registry, $@"Interface\{Braced(id)}", name, marshaler);
        }
    }

    /// <summary>Removes all keys; those that are not there are passed over.</summary>
    public static void Remove(IClassRegistry registry)
    {
        registry.DeleteTree($@"CLSID\{ClassId}");
        registry.DeleteTree(Application.ProgId);
        registry.DeleteTree(VersionedProgId);
        registry.DeleteTree($@"AppID\{AppId}");
        registry.DeleteTree($@"AppID\{ComServer.ComHostFile}");
        foreach (var (id, _, _) in Interfaces)
        {
            registry.DeleteTree($@"Interface\{Braced(id)}");
        }

        // Another version of the library may stand beside ours.
        registry.DeleteTree($@"TypeLib\{LibraryId}\{ComServer.TypeLibraryVersion}");
        registry.DeleteIfEmpty($@"TypeLib\{LibraryId}");

        // Of a user's classes ours may have been the first.
        foreach (var parent in (string[])["CLSID", "AppID", "TypeLib", "Interface"])
        {
            registry.DeleteIfEmpty(parent);
        }
    }

    private static void WriteClass(IClassRegistry registry, string comHost)
    {
        var key = $@"CLSID\{ClassId}";
        registry.SetValue(key, "", ClassName);
        registry.SetValue(key, "AppID", AppId);
        registry.SetValue($@"{key}\InprocServer32", "", comHost);
        registry.SetValue($@"{key}\InprocServer32", "ThreadingModel", "Both");
        registry.SetValue($@"{key}\ProgID", "", VersionedProgId);
        registry.SetValue($@"{key}\VersionIndependentProgID", "", Application.ProgId);
        registry.SetValue($@"{key}\TypeLib", "", LibraryId);
        registry.SetValue($@"{key}\Version", "", ComServer.TypeLibraryVersion);

        // Marks the class as one for Automation, for object browsers.
        registry.SetValue($@"{key}\Programmable", "", "");
    }

    private static void WriteProgIds(IClassRegistry registry)
    {
        registry.SetValue(Application.ProgId, "", ClassName);
        registry.SetValue($@"{Application.ProgId}\CLSID", "", ClassId);
        registry.SetValue($@"{Application.ProgId}\CurVer", "", VersionedProgId);
        registry.SetValue(VersionedProgId, "", ClassName);
        registry.SetValue($@"{VersionedProgId}\CLSID", "", ClassId);
    }

    private static void WriteTypeLibrary(IClassRegistry registry, string comHost)
    {
        var key = $@"TypeLib\{LibraryId}\{ComServer.TypeLibraryVersion}";
        registry.SetValue(key, "", LibraryName);
        registry.SetValue($@"{key}\0\win64", "", comHost);
        registry.SetValue($@"{key}\FLAGS", "", "0");
        registry.SetValue($@"{key}\HELPDIR", "", DirectoryOf(comHost));
    }

    private static void WriteInterface(IClassRegistry registry, string key, string name, string marshaler)
    {
        registry.SetValue(key, "", name);
        registry.SetValue($@"{key}\ProxyStubClsid32", "", marshaler);
        registry.SetValue($@"{key}\TypeLib", "", LibraryId);
        registry.SetValue($@"{key}\TypeLib", "Version", ComServer.TypeLibraryVersion);
    }

    // Not Path.GetDirectoryName, which on Linux, where the keys are tested, knows no backslash.
    private static string DirectoryOf(string file) => file[..Math.Max(0, file.LastIndexOf('\\'))];

    private static string Braced(string guid) => new Guid(guid).ToString("B").ToUpperInvariant();
}
