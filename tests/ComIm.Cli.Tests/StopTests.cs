using System.Diagnostics;

namespace ComIm.Cli.Tests;

/// <summary>What happens to comim as a process that is stopped, by a signal or because nobody reads it any more.</summary>
public sealed class StopTests
{
    [SkippableFact]
    public async Task Demo_BrokenOff_LeavesNoFolder()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs the signals of Unix");
        var folder = Directory.CreateTempSubdirectory("comim-test-");
        try
        {
            using var demo = Start(["demo"], ("TMPDIR", folder.FullName));
            Assert.Contains("listens", await demo.StandardOutput.ReadLineAsync().WaitAsync(CliRun.HangGuard), StringComparison.Ordinal);

            using var kill = Process.Start("kill", ["-INT", $"{demo.Id}"]);

            await demo.StandardOutput.ReadToEndAsync().WaitAsync(CliRun.HangGuard);
            await demo.WaitForExitAsync().WaitAsync(CliRun.HangGuard);
            Assert.Equal(130, demo.ExitCode);
            Assert.Empty(folder.GetDirectories("comim-demo-*"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Process Start(string[] args, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("dotnet", [ComimProcess.Program, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
