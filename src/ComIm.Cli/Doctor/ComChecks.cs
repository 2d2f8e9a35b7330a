using System.Runtime.Versioning;
using ComIm.Client.Diagnostics;
using ComIm.Com.Registration;
using Microsoft.Win32;

namespace ComIm.Cli.Doctor;

/// <summary>
/// Whether COM clients of this computer can use ComIm: .NET is where the comhost looks for it, and the class is registered.
/// </summary>
/// <param name="findDotNet">Finds .NET's folder, or throws <see cref="RegistrationException"/>.</param>
/// <param name="findServer">The file that is registered for ComIm.Application; null where none is.</param>
internal sealed class ComChecks(Func<string> findDotNet, Func<string?> findServer)
{
    private const string ProgId = "ComIm.Application";

    /// <summary>Checks this computer.</summary>
    public static IReadOnlyList<ComFinding> Run() => OperatingSystem.IsWindows()
        ? new ComChecks(ComRegistration.FindDotNet, FindRegisteredServer).RunAll()
        : [new ComFinding("COM", DiagnosisResult.Skipped, "COM exists only on Windows; PowerShell and the comim commands need none.")];

    /// <summary>Takes the checks in their order.</summary>
    public IReadOnlyList<ComFinding> RunAll() => [CheckDotNet(), CheckClass()];

    private ComFinding CheckDotNet()
    {
        try
        {
            return new ComFinding(".NET", DiagnosisResult.Passed, $"COM clients run on the .NET in {findDotNet()}.");
        }
        catch (RegistrationException e)
        {
            return new ComFinding(".NET", DiagnosisResult.Failed, e.Message);
        }
    }

    private ComFinding CheckClass() => findServer() switch
    {
        null => new ComFinding(
            "COM", DiagnosisResult.Skipped, $"{ProgId} is not registered; scripts that use it need 'comim register' once."),
        var file when !File.Exists(file) => new ComFinding(
            "COM", DiagnosisResult.Failed,
            $"{ProgId} is registered as {file}, which is not there. Run 'comim register' again where comim is now."),
        var file => new ComFinding("COM", DiagnosisResult.Passed, $"{ProgId} is {file}."),
    };

    // The merged view: what a client of this user gets.
    [SupportedOSPlatform("windows")]
    private static string? FindRegisteredServer()
    {
        using var id = Registry.ClassesRoot.OpenSubKey($@"{ProgId}\CLSID");
        if (id?.GetValue(null) is not string classId)
        {
            return null;
        }

        return Read("InprocServer32") ?? (Read("LocalServer32") is { } command ? FileOf(command) : null);

        string? Read(string kind)
        {
            using var server = Registry.ClassesRoot.OpenSubKey($@"CLSID\{classId}\{kind}");
            return server?.GetValue(null) as string;
        }
    }

    /// <summary>The program of a command line: what stands in quotes, or before the first space.</summary>
    internal static string FileOf(string command) =>
        command.StartsWith('"') ? command[1..].Split('"')[0] : command.Split(' ')[0];
}
