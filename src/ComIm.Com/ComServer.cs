using System.Reflection;

namespace ComIm.Com;

/// <summary>Facts about the COM server as a file and as a library.</summary>
internal static class ComServer
{
    /// <summary>The name of the native library that COM loads.</summary>
    public const string ComHostFile = "ComIm.Com.comhost.dll";

    /// <summary>The LIBID of ComIm.idl.</summary>
    public static readonly Guid TypeLibraryId = new("694ebb29-7318-41e7-9db6-f3f10fb88173");

    /// <summary>major.minor of the type library.</summary>
    public static string TypeLibraryVersion { get; } = typeof(ComServer).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(a => a.Key == "TypeLibraryVersion").Value!;

    /// <summary>The version of the product, as 0.1.0.</summary>
    public static string ProductVersion { get; } = typeof(ComServer).Assembly.GetName().Version!.ToString(3);

    /// <summary>The comhost beside this assembly; null where it is not there.</summary>
    public static string? FindComHost()
    {
        // Under a comhost the application's base directory is the host's, so the assembly's own place comes first. In a
        // single-file program the assembly has none.
        var location = typeof(ComServer).Assembly.Location;
        var folder = location.Length > 0 ? Path.GetDirectoryName(location)! : AppContext.BaseDirectory;
        var file = Path.Combine(folder, ComHostFile);
        return File.Exists(file) ? file : null;
    }
}
