using System.ComponentModel;
using System.Diagnostics;

namespace ComIm.TestKit;

/// <summary>Runs a small program of the system to its end.</summary>
internal static class SystemCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Runs it.</summary>
    /// <exception cref="InvalidOperationException">It failed, with what it said.</exception>
    public static void Run(string file, params string[] arguments)
    {
        if (TryRun(file, arguments) is { } failure)
        {
            throw new InvalidOperationException($"{file} {string.Join(' ', arguments)}: {failure}");
        }
    }

    /// <summary>Runs it; why it failed, or null.</summary>
    public static string? TryRun(string file, params string[] arguments)
    {
        if (Requires.Find(file) is not { } path)
        {
            return $"there is no {file}";
        }

        try
        {
            using var process = Process.Start(new ProcessStartInfo(path, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill();
                return "it does not end";
            }

            return process.ExitCode == 0 ? null : (error.Result + output.Result).Trim();
        }
        catch (Win32Exception e)
        {
            return e.Message;
        }
    }
}
