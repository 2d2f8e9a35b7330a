using System.Reflection;
using System.Runtime.InteropServices;
using ComIm.Com.Automation;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.Registration;

/// <summary>A type library and the interfaces that are marshalled by it.</summary>
/// <param name="Id">The LIBID.</param>
/// <param name="Version">major.minor.</param>
/// <param name="Name">What people read.</param>
/// <param name="Resource">Its number among the resources of the comhost.</param>
/// <param name="File">The file beside the comhost, for programs of 32 bit.</param>
/// <param name="Namespace">Where its interfaces are in this assembly.</param>
internal sealed record RegisteredLibrary(Guid Id, string Version, string Name, int Resource, string File, string Namespace)
{
    /// <summary>ComIm.idl.</summary>
    public static RegisteredLibrary Own { get; } = new(
        ComServer.TypeLibraryId, ComServer.TypeLibraryVersion, "ComIm: SIP instant messaging for Automation",
        1, "ComIm32.tlb", typeof(IComImApplication).Namespace!);

    /// <summary>The library of the original UCC API.</summary>
    public static RegisteredLibrary UccApi { get; } = new(
        new Guid(UccClassIds.Library), "2.0", "UCCAPILib", 2, "UccApi32.tlb", typeof(IUccPlatform).Namespace!);

    /// <summary>The LIBID as the registry has it.</summary>
    public string RegistryId => RegistrationKeys.Braced(Id);

    /// <summary>
    /// Its interfaces. IVideoWindow is in the original's library but is DirectShow's: its keys stay DirectShow's, for
    /// nothing of ours hands one out.
    /// </summary>
    public IEnumerable<RegisteredInterface> Interfaces => typeof(RegisteredLibrary).Assembly.GetExportedTypes()
        .Where(t => t.IsInterface && t != typeof(IVideoWindow)
            && t.Namespace!.StartsWith(Namespace, StringComparison.Ordinal)
            && t.GetCustomAttribute<ComVisibleAttribute>()?.Value == true)
        .OrderBy(t => t.Name, StringComparer.Ordinal)
        .Select(RegisteredInterface.Of);
}
