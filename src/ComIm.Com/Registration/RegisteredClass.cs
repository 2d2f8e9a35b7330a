using System.Reflection;
using System.Runtime.InteropServices;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.Registration;

/// <summary>A class that COM clients create.</summary>
/// <param name="Type">The class.</param>
/// <param name="ProgId">The name for scripts, without a version; null where it has none.</param>
/// <param name="IsOriginal">Whether it has a CLSID of the original UCC API.</param>
internal sealed record RegisteredClass(Type Type, string? ProgId, bool IsOriginal)
{
    private static readonly Lazy<IReadOnlyList<RegisteredClass>> Found = new(Find);

    /// <summary>Every class of this assembly that is visible to COM: what the comhost's class map has.</summary>
    public static IReadOnlyList<RegisteredClass> All => Found.Value;

    /// <summary>The CLSID as the registry has it.</summary>
    public string Id => RegistrationKeys.Braced(Type.GUID);

    /// <summary>What people read: <c>ComIm Application</c>.</summary>
    public string Description => "ComIm " + (ProgId?["ComIm.".Length..] ?? Type.Name);

    /// <summary>The library in which its interfaces are.</summary>
    public RegisteredLibrary Library =>
        Type.Namespace!.Contains(".UccApi", StringComparison.Ordinal) ? RegisteredLibrary.UccApi : RegisteredLibrary.Own;

    /// <summary>The ProgID of this generation of the object model.</summary>
    public string? VersionedProgId => ProgId == null ? null : ProgId + ".1";

    private static List<RegisteredClass> Find()
    {
        var originals = UccCoclasses.All.Select(c => c.Clsid).ToHashSet();
        return
        [
            .. typeof(RegisteredClass).Assembly.GetExportedTypes()
                .Where(t => t is { IsClass: true, IsAbstract: false } && t.GetCustomAttribute<ComVisibleAttribute>()?.Value == true)
                .Select(t => new RegisteredClass(t, t.GetCustomAttribute<ProgIdAttribute>()?.Value, originals.Contains(t.GUID)))
                .OrderBy(c => c.Type.Name, StringComparer.Ordinal),
        ];
    }
}
