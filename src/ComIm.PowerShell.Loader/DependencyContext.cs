using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace ComIm.PowerShell.Loader;

/// <summary>
/// Where ComIm.Client and all that it needs are loaded: apart from the engine and from other modules, so that their
/// versions of the same packages and ours never meet.
/// </summary>
/// <param name="folder">The folder of the dependencies.</param>
internal sealed class DependencyContext(string folder) : AssemblyLoadContext("ComIm")
{
    // Only our own names are answered for others: whoever else asks for a common package is not to be given our copy.
    private const string OwnPrefix = "ComIm.";

    /// <summary>Begins to answer for our assemblies in the context that the engine loads modules into.</summary>
    public static DependencyContext Install()
    {
        var loader = typeof(DependencyContext).Assembly;
        var context = new DependencyContext(Path.Combine(Path.GetDirectoryName(loader.Location)!, "dependencies"));
        GetLoadContext(loader)!.Resolving += context.Answer;
        return context;
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var path = Path.Combine(folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
    {
        var path = Path.Combine(folder, "runtimes", Platform(), "native", FileNameOf(unmanagedDllName));
        return File.Exists(path) ? LoadUnmanagedDllFromPath(path) : IntPtr.Zero;
    }

    // Not the runtime's own identifier: one that a distribution has built names the distribution.
    private static string Platform()
    {
        var isMusl = RuntimeInformation.RuntimeIdentifier is var own
            && (own.Contains("musl", StringComparison.Ordinal) || own.Contains("alpine", StringComparison.Ordinal));
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : isMusl ? "linux-musl" : "linux";
        return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
    }

    private static string FileNameOf(string library) =>
        OperatingSystem.IsWindows() ? library + ".dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";

    private Assembly? Answer(AssemblyLoadContext asking, AssemblyName assemblyName) =>
        assemblyName.Name?.StartsWith(OwnPrefix, StringComparison.Ordinal) == true ? Load(assemblyName) : null;
}
