using System.Globalization;
using System.Text.RegularExpressions;

namespace ComIm.TestKit.Tests;

public sealed partial class GuardedProcessTests
{
    [SkippableFact]
    public async Task The_exit_code_and_the_output_are_the_programs()
    {
        Skip.IfNot(Requires.Tool("setsid", out var reason), reason);
        await using var process = GuardedProcess.Start("/bin/sh", ["-c", "echo out; echo error >&2; read line; exit 7"]);
        Assert.Equal(7, await process.Exited);
        Assert.Contains("out", process.Output, StringComparison.Ordinal);
        Assert.Contains("error", process.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Disposing_ends_the_whole_family_even_if_it_ignores_signals()
    {
        Skip.IfNot(Requires.Tool("setsid", out var reason), reason);
        var process = GuardedProcess.Start("/bin/sh", ["-c", "trap '' TERM HUP INT; sleep 1000 & echo pid=$!=; wait"]);
        var line = await process.UntilOutputAsync(PidLine());
        var pid = int.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.True(IsAlive(pid));
        await process.DisposeAsync();
        Assert.False(IsAlive(pid));
    }

    [SkippableFact]
    public async Task Output_that_never_comes_is_an_error_when_the_program_ends()
    {
        Skip.IfNot(Requires.Tool("setsid", out var reason), reason);
        await using var process = GuardedProcess.Start("/bin/sh", ["-c", "echo something else"]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => process.UntilOutputAsync(PidLine()));
    }

    // A zombie that init has not collected yet is dead.
    private static bool IsAlive(int pid)
    {
        try
        {
            return !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    [GeneratedRegex("pid=([0-9]+)=")]
    private static partial Regex PidLine();
}
