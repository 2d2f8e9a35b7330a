using System.Diagnostics;

namespace ComIm.PowerShell.Tests.Engine;

/// <summary>Runs scripts in the PowerShell that is on the path; without one the test skips.</summary>
internal static class PowerShellEngine
{
    private static readonly TimeSpan HangGuard = TimeSpan.FromMinutes(1);

    /// <summary>Runs a script with the module imported.</summary>
    /// <param name="script">The script.</param>
    /// <returns>The lines that it said; whatever comes as an error fails the test.</returns>
    public static async Task<string[]> RunAsync(string script)
    {
        var engine = Find();
        Skip.If(engine is null, "needs a PowerShell engine");
        var (output, error) = await StartAsync(engine, $"$ErrorActionPreference = 'Stop'; Import-Module '{StagedModule.Folder}'; {script}");
        Assert.Equal("", error);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>
    /// Runs a script beside an embedded server: <c>$server</c> has alice, bob and carol, whose credentials are
    /// <c>$alice</c>, <c>$bob</c> and <c>$carol</c>; <c>$at</c> is its address. All is stopped in the end.
    /// </summary>
    /// <param name="script">The script.</param>
    public static Task<string[]> RunWithServerAsync(string script) => RunAsync(
        "function New-Person($name) { $secret = [securestring]::new(); foreach ($c in \"$name-secret\".ToCharArray()) { $secret.AppendChar($c) }; [pscredential]::new($name, $secret) }; " +
        "$alice = New-Person alice; $bob = New-Person bob; $carol = New-Person carol; " +
        "$server = Start-ImServer example.com $alice, $bob, $carol -Port 0; $at = $server.Address.ToString(); " +
        "try {\n" + script + "\n} finally { Get-ImConnection | Disconnect-ImServer; Stop-ImServer }");

    private static async Task<(string Output, string Error)> StartAsync(string engine, string script)
    {
        // A file, not the command line: scripts are long, and standard input would be run line by line.
        var file = Path.Combine(Path.GetTempPath(), $"comim-{Guid.NewGuid():N}.ps1");
        var start = new ProcessStartInfo(engine, ["-NoProfile", "-NonInteractive", "-File", file])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NO_COLOR"] = "1", ["POWERSHELL_TELEMETRY_OPTOUT"] = "1", ["POWERSHELL_UPDATECHECK"] = "Off" },
        };
        await File.WriteAllTextAsync(file, script);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var guard = new CancellationTokenSource(HangGuard);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
            try
            {
                await process.WaitForExitAsync(guard.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail($"The script hung after:\n{await output}\n{await error}");
            }

            return (await output, await error);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh"))
        .FirstOrDefault(File.Exists);
}
