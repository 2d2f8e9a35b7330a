using System.Diagnostics;

namespace ComIm.PowerShell.Tests;

/// <summary>The module in a real engine, where the path has one.</summary>
public sealed class EngineTests
{
    private static readonly TimeSpan HangGuard = TimeSpan.FromMinutes(1);

    [SkippableFact]
    public async Task Import_IsSilentAndExportsTheCmdlets()
    {
        var output = await RunAsync($"Import-Module '{StagedModule.Folder}'; (Get-Command -Module ComIm).Name");
        Assert.Equal(Manifest.List("CmdletsToExport").Order(), output.Split(Environment.NewLine).Order());
    }

    [SkippableFact]
    public async Task SendImMessage_WithoutAConnection_SaysWhatToDo()
    {
        Assert.Equal(
            "ImNotSignedIn,ComIm.PowerShell.SendImMessageCommand",
            await RunAsync($"Import-Module '{StagedModule.Folder}'; try {{ Send-ImMessage -To sip:bob@example.com hi }} catch {{ $_.FullyQualifiedErrorId }}"));
    }

    [SkippableFact]
    public async Task ConnectImServer_ToNobody_IsOneErrorWithIdAndCategory()
    {
        const string Script =
            "$c = [pscredential]::new('alice', [securestring]::new()); " +
            "Connect-ImServer sip:alice@example.com $c -Server 127.0.0.1:9 -Transport Tcp -ErrorVariable e -ErrorAction SilentlyContinue; " +
            "$e[0].FullyQualifiedErrorId; $e[0].CategoryInfo.Category; $e[0].TargetObject";
        Assert.Equal(
            ["ImServerUnreachable,ComIm.PowerShell.ConnectImServerCommand", "ConnectionError", "sip:alice@example.com"],
            (await RunAsync($"Import-Module '{StagedModule.Folder}'; {Script}")).Split(Environment.NewLine));
    }

    private static async Task<string> RunAsync(string script)
    {
        var engine = FindEngine();
        Skip.If(engine is null, "needs a PowerShell engine");
        var start = new ProcessStartInfo(engine, ["-NoProfile", "-NonInteractive", "-Command", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var guard = new CancellationTokenSource(HangGuard);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(guard.Token);
            var error = process.StandardError.ReadToEndAsync(guard.Token);
            await process.WaitForExitAsync(guard.Token);
            Assert.Equal("", await error);
            return (await output).Trim();
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static string? FindEngine() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh"))
        .FirstOrDefault(File.Exists);
}
