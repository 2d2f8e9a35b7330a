namespace ComIm.Com.Registration;

/// <summary>
/// Looks for the .NET that the comhost will start: the comhost is native and not ours, and without a runtime it fails
/// with a bare error number, so it is better to say so at registration.
/// </summary>
/// <param name="environment">Reads an environment variable.</param>
/// <param name="installLocation">The InstallLocation that the .NET installer leaves in the registry; null where none.</param>
/// <param name="architecture">x64 or x86.</param>
internal sealed class DotNetLocator(
    Func<string, string?> environment, Func<string?> installLocation, string architecture = "x64")
{
    /// <summary>The major version that ComIm is built for.</summary>
    public const int Major = 10;

    /// <summary>Finds the folder of a .NET that has both hostfxr and the runtime in the wanted version.</summary>
    /// <param name="searched">Every folder that was looked at.</param>
    /// <returns>Null where there is none.</returns>
    public string? Find(out IReadOnlyList<string> searched)
    {
        var candidates = Candidates().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        searched = candidates;
        return candidates.Find(static root =>
            HasVersion(Path.Combine(root, "host", "fxr"), "hostfxr.dll")
            && HasVersion(Path.Combine(root, "shared", "Microsoft.NETCore.App"), "System.Private.CoreLib.dll"));
    }

    private string? Programs =>
        environment(architecture == "x64" ? "ProgramW6432" : "ProgramFiles(x86)") ?? environment("ProgramFiles");

    // In the order of the comhost's own search.
    private IEnumerable<string> Candidates()
    {
        string?[] candidates =
        [
            environment("DOTNET_ROOT_" + architecture.ToUpperInvariant()),
            environment("DOTNET_ROOT"),
            installLocation(),
            Programs is { Length: > 0 } programs ? Path.Combine(programs, "dotnet") : null,
        ];
        return candidates.Where(static c => !string.IsNullOrEmpty(c)).Select(static c => c!);
    }

    private static bool HasVersion(string folder, string file) =>
        Directory.Exists(folder) && Directory.EnumerateDirectories(folder).Any(version =>
            Version.TryParse(Path.GetFileName(version).Split('-')[0], out var parsed)
            && parsed.Major == Major
            && File.Exists(Path.Combine(version, file)));
}
