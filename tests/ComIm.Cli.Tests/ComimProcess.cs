using System.Diagnostics;
using System.Text;

namespace ComIm.Cli.Tests;

/// <summary>comim as its users run it: a process of its own.</summary>
internal static class ComimProcess
{
    /// <summary>The program.</summary>
    public static string Program { get; } = typeof(CommandLine).Assembly.Location;

    /// <summary>Runs it to its end.</summary>
    /// <param name="limit">How long it may take.</param>
    /// <param name="password">What COMIM_PASSWORD holds; null where it is not set.</param>
    /// <param name="args">The command line.</param>
    public static Task<(int ExitCode, string Out, string Error)> RunAsync(TimeSpan limit, string? password, params string[] args) =>
        EndAsync(new ProcessStartInfo("dotnet", [Program, .. args]) { Environment = { ["COMIM_PASSWORD"] = password } }, limit);

    /// <summary>Runs any program to its end, without a terminal.</summary>
    /// <param name="start">The program.</param>
    /// <param name="limit">How long it may take.</param>
    public static async Task<(int ExitCode, string Out, string Error)> EndAsync(ProcessStartInfo start, TimeSpan limit)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardOutputEncoding = start.StandardErrorEncoding = Encoding.UTF8;
        using var ending = new CancellationTokenSource(limit);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ending.Token);
            var error = process.StandardError.ReadToEndAsync(ending.Token);
            await process.WaitForExitAsync(ending.Token);
            return (process.ExitCode, (await output).ReplaceLineEndings("\n"), (await error).ReplaceLineEndings("\n"));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
