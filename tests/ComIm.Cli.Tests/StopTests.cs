using System.Diagnostics;
using ComIm.TestKit;

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
            using var running = Start(["demo"], ("TMPDIR", folder.FullName));
        var demo = running.Process;
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

    /// <summary>What is in the pipe by then is lost; what comes later must not be taken in for nobody.</summary>
    [SkippableFact]
    public async Task Listen_WhoseOutputNobodyReads_Ends()
    {
        Skip.If(OperatingSystem.IsWindows(), "the console of Windows' .NET does not tell");
        await using var server = await TestServer.StartAsync();
        using var running = Start(["listen", "--as", "bob@example.com", "--server", server.Address], ("COMIM_PASSWORD", "secret-bob"));
        var listen = running.Process;
        Assert.StartsWith("Signed in", await listen.StandardError.ReadLineAsync().WaitAsync(CliRun.HangGuard), StringComparison.Ordinal);
        await SendAsync(server.Address, "the first");
        Assert.EndsWith(": the first", await listen.StandardOutput.ReadLineAsync().WaitAsync(CliRun.HangGuard), StringComparison.Ordinal);

        listen.StandardOutput.Close();
        await SendAsync(server.Address, "the second");

        var error = await listen.StandardError.ReadToEndAsync().WaitAsync(CliRun.HangGuard);
        await listen.WaitForExitAsync().WaitAsync(CliRun.HangGuard);
        Assert.Equal(1, listen.ExitCode);
        Assert.Matches("^comim listen: .+\n$", error);
        Assert.Equal(1, (await RunSendAsync(server.Address, "the third")).ExitCode);
    }

    [SkippableFact]
    public async Task Help_ThatNobodyReads_IsNoCrash()
    {
        Skip.If(OperatingSystem.IsWindows(), "the console of Windows' .NET does not tell");
        using var running = Start(["serve", "--help"]);
        var help = running.Process;
        help.StandardOutput.Close();

        var error = await help.StandardError.ReadToEndAsync().WaitAsync(CliRun.HangGuard);
        await help.WaitForExitAsync().WaitAsync(CliRun.HangGuard);

        Assert.Equal(1, help.ExitCode);
        Assert.Matches("^comim: .+\n$", error);
    }

    [Fact]
    public async Task Prompt_IsLeftByCtrlC()
    {
        using var typed = new SemaphoreSlim(0);
        using var asked = new SemaphoreSlim(0);
        using var send = CliRun.Start(
            ["send", "--from", "alice@example.com", "--to", "bob@example.com", "hi"],
            ask: _ =>
            {
                asked.Release();
                typed.Wait(CliRun.HangGuard * 2);
                return "secret-alice";
            });
        Assert.True(await asked.WaitAsync(CliRun.HangGuard));

        Assert.Equal(130, await send.StopAsync());
        Assert.Equal("", send.Error.ToString());
        typed.Release();
    }

    [Fact]
    public async Task PipeThatSaysNothing_IsLeftByCtrlC()
    {
        using var pipe = new SilentPipe();
        using var send = CliRun.Start(["send", "--from", "alice@example.com", "--to", "bob@example.com"], pipe, "secret-alice");
        Assert.True(await pipe.Asked.WaitAsync(CliRun.HangGuard));

        Assert.Equal(130, await send.StopAsync());
        Assert.Equal("", send.Error.ToString());
        pipe.Ended.Release();
    }

    private static async Task SendAsync(string server, string text) => Assert.Equal((0, "", ""), await RunSendAsync(server, text));

    private static Task<(int ExitCode, string Out, string Error)> RunSendAsync(string server, string text) => CliRun.RunAsync(
        ["send", "--from", "alice@example.com", "--to", "bob@example.com", "--server", server, text], password: "secret-alice");

    private static Running Start(string[] args, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("dotnet", [ComimProcess.Program, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return new Running(Process.Start(start)!);
    }

    /// <summary>A process that does not outlive its test, whatever comes of that.</summary>
    private sealed class Running(Process process) : IDisposable
    {
        public Process Process { get; } = process;

        public void Dispose()
        {
            if (!Process.HasExited)
            {
                Process.Kill(entireProcessTree: true);
            }

            Process.Dispose();
        }
    }

    /// <summary>Standard input that nothing comes from, read as the console reads it: without a look at any token.</summary>
    private sealed class SilentPipe : TextReader
    {
        public SemaphoreSlim Asked { get; } = new(0);

        public SemaphoreSlim Ended { get; } = new(0);

        public override int Read(char[] buffer, int index, int count)
        {
            Asked.Release();
            Ended.Wait(CliRun.HangGuard * 2);
            return 0;
        }
    }
}
