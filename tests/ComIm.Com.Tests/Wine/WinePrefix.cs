using System.Diagnostics;
using System.Globalization;
using ComIm.TestKit;

namespace ComIm.Com.Tests.Wine;

/// <summary>
/// A Wine prefix with the COM server of this build registered in it, by the product's own registration code. The
/// variable COMIM_WINEPREFIX names a prefix that has .NET in it (tests/run.sh makes one).
/// </summary>
public sealed class WinePrefix : IAsyncLifetime
{
    private const int MostLostRuns = 4;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("comim-wine");
    private int _runs;
    private int _lostRuns;

    /// <summary>Every class key of the machine before the registration.</summary>
    public string ClassesBefore { get; private set; } = "";

    /// <summary>A folder of this run, for what is made for the prefix.</summary>
    public string Folder => _folder.FullName;

    private static string? Prefix => Requires.WinePrefix;

    /// <summary>The comhost that is registered: the one beside comim.</summary>
    public static string ComHost => Path.Combine(Path.GetDirectoryName(Repository.Comim)!, ComServer.ComHostFile);

    /// <summary>Whether there are a prefix and a compiler.</summary>
    public static bool IsComplete => Requires.Wine(out _) && Requires.WindowsCompiler(out _);

    /// <summary>Skips the test where there is no prefix, or no compiler for what runs in it; in CI that is a failure.</summary>
    public static void Demand()
    {
        Skip.IfNot(Requires.Wine(out var reason), reason);
        Skip.IfNot(Requires.WindowsCompiler(out reason), reason);
    }

    public static string ToWindows(string path) => "Z:" + Path.GetFullPath(path).Replace('/', '\\');

    public async Task InitializeAsync()
    {
        if (IsComplete)
        {
            // What an earlier, broken run has left must not count as having been there before.
            await UnregisterAsync();
            ClassesBefore = await ReadClassesAsync();
            await RegisterAsync();
        }
    }

    public async Task DisposeAsync()
    {
        if (IsComplete)
        {
            await UnregisterAsync();
        }

        _folder.Delete(recursive: true);
    }

    /// <summary>Registers for the machine: Wine does not merge a user's classes.</summary>
    public Task RegisterAsync(params string[] options) => TwiceIfLostAsync(async () =>
    {
        var run = await ComimAsync(["register", "--machine", .. options]);
        Assert.True(run.ExitCode == 0, "The COM server could not be registered: " + run.Output);
    });

    public Task UnregisterAsync() => TwiceIfLostAsync(async () =>
    {
        var run = await ComimAsync(["unregister", "--machine"]);
        Assert.True(run.ExitCode == 0, "The COM server could not be unregistered: " + run.Output);
    });

    /// <summary>
    /// Ends every process of the prefix: Wine's surrogates never end by themselves, and where they alone are ended Wine goes on
    /// to send clients to them. The next program starts the prefix afresh.
    /// </summary>
    public async Task EndServersAsync()
    {
        await ExecuteAsync(["wineserver", "-k"]);
        await ExecuteAsync(["wineserver", "-w"]);
    }

    /// <summary>Runs comim as a Windows program.</summary>
    public Task<WineRun> ComimAsync(params string[] arguments) => DotNetAsync(Repository.Comim, arguments);

    /// <summary>Runs a .NET program on the Windows runtime of the prefix.</summary>
    public async Task<WineRun> DotNetAsync(string program, params string[] arguments) =>
        await RunAsync(await DotNetCommandAsync(program, arguments));

    /// <summary>Runs a .NET program that ends with a marker; see <see cref="RunMarkedAsync"/>.</summary>
    public async Task<string> RunDotNetAsync(string name, string program, params string[] arguments) =>
        await RunMarkedAsync(name, await DotNetCommandAsync(program, arguments));

    /// <summary>The command by which a .NET program runs on the Windows runtime of the prefix.</summary>
    public async Task<string[]> DotNetCommandAsync(string program, string[] arguments) =>
        [ToWindows(await CompileAsync(ChatTests.Script("dotnet.cpp"))), ToWindows(program), .. arguments];

    /// <summary>Exports the keys under HKLM\Software\Classes.</summary>
    public async Task<string> ReadClassesAsync()
    {
        var file = Path.Combine(_folder.FullName, $"classes{Interlocked.Increment(ref _runs)}.reg");
        string[] export = ["reg", "export", @"HKLM\Software\Classes", ToWindows(file), "/y"];
        var run = await RunAsync(export);
        if (!File.Exists(file))
        {
            await CountLostAsync($"reg export (exit code {run.ExitCode}): {run.Output}");
            run = await RunAsync(export);
        }

        Assert.True(File.Exists(file), $"reg export wrote no file; exit code {run.ExitCode}: {run.Output}");
        return await File.ReadAllTextAsync(file);
    }

    /// <summary>Enters keys from a .reg file.</summary>
    public async Task ImportAsync(string keys)
    {
        var file = Path.Combine(_folder.FullName, $"import{Interlocked.Increment(ref _runs)}.reg");
        await File.WriteAllTextAsync(file, keys.ReplaceLineEndings("\r\n"));
        var run = await RunAsync(["reg", "import", ToWindows(file)]);
        Assert.True(run.ExitCode == 0, run.Output);
    }

    /// <summary>Runs a script by cscript; see <see cref="RunMarkedAsync"/>.</summary>
    public Task<string> RunScriptAsync(string file, params string[] arguments) => RunMarkedAsync(
        Path.GetFileName(file), ["cscript", "//nologo", ToWindows(file), .. arguments]);

    /// <summary>
    /// Runs a program that ends with the line "NAME: done". A run that shows neither that nor "NAME: failed" is lost,
    /// which Wine's script host does once in some hundred runs: it is repeated once, said so, and counted. A failure is
    /// never repeated.
    /// </summary>
    /// <param name="name">What it calls itself.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="limit">How long it may take; four minutes where nothing is said.</param>
    public async Task<string> RunMarkedAsync(string name, string[] command, TimeSpan? limit = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            var run = await RunAsync(command, limit);
            if (run.Output.Contains(name + ": done", StringComparison.Ordinal))
            {
                return run.Output;
            }

            Assert.False(run.Output.Contains(name + ": failed", StringComparison.Ordinal), ProgramOutput.TroubleFirst(run.Output));
            await CountLostAsync($"{name} (run {attempt}, exit code {run.ExitCode}): {run.Output}");
            Assert.True(attempt == 1, $"{name} was lost twice: exit code {run.ExitCode}, output: {run.Output}");
        }
    }

    /// <summary>
    /// Calls from process to process, and once a program before its first word, have stopped for ever now and then on a Wine that is
    /// short of processors. Such a run shows neither its end nor a failure: it is lost, and repeated once, with everything about it made anew.
    /// </summary>
    /// <remarks>
    /// Two things could make it so, and both are mended in the tests: clients whose loop waited without MWMO_INPUTAVAILABLE, and so slept
    /// beside a call that had come in while one of their own was under way; and the runtime, which dies under Wine of a native host's full
    /// collection (see <see cref="ExecuteAsync"/>). Neither was caught in the act: 44 runs of the .NET story before, 20 of them on one
    /// processor that two others wanted as well, and 12 after, lost none. So the rerun stays, and is counted.
    /// </remarks>
    public async Task TwiceIfLostAsync(Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (HungRunException e)
        {
            await CountLostAsync(e.Message);
            await EndServersAsync();
            await run();
        }
    }

    /// <summary>Says that a run was lost, and fails where that has happened too often.</summary>
    public async Task CountLostAsync(string what)
    {
        _lostRuns++;
        await Console.Error.WriteLineAsync($"LOST ({_lostRuns} in this suite): {what}");
        Assert.True(_lostRuns <= MostLostRuns, $"{_lostRuns} runs were lost; the last is {what}");
    }

    /// <summary>Compiles a C++ program against the headers of the type libraries.</summary>
    /// <param name="source">The program's one source.</param>
    /// <param name="headers">Where other headers are; without it those of our own libraries are used.</param>
    /// <param name="compiler">Of which bitness.</param>
    /// <returns>The program.</returns>
    public async Task<string> CompileAsync(string source, string? headers = null, string compiler = "x86_64-w64-mingw32-g++")
    {
        Skip.IfNot(Requires.WindowsCompiler(out var reason), reason);
        var program = Path.Combine(_folder.FullName, compiler.Split('-')[0], Path.GetFileNameWithoutExtension(source) + ".exe");
        Directory.CreateDirectory(Path.GetDirectoryName(program)!);
        if (!File.Exists(program))
        {
            var run = await ExecuteAsync(
                [compiler, "-std=c++17", "-municode", "-static", "-w", "-I", headers ?? Repository.SdkFolder, source,
                    "-o", program, "-lole32", "-loleaut32", "-luuid"]);
            Assert.True(run.ExitCode == 0, run.Output);
        }

        return program;
    }

    /// <summary>Runs a Windows program.</summary>
    public Task<WineRun> RunAsync(string[] command, TimeSpan? limit = null) => ExecuteAsync(["wine", .. command], limit);

    // Output goes to a file: a process that Wine leaves behind would hold a pipe open.
    private async Task<WineRun> ExecuteAsync(string[] command, TimeSpan? patience = null)
    {
        var output = Path.Combine(_folder.FullName, Interlocked.Increment(ref _runs).ToString(CultureInfo.InvariantCulture) + ".out");
        var start = new ProcessStartInfo("/bin/sh");
        foreach (var argument in (string[])["-c", "exec \"$@\" > \"$COMIM_OUTPUT\" 2>&1 < /dev/null", "sh", .. command])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["COMIM_OUTPUT"] = output;
        start.Environment["WINEPREFIX"] = Prefix;
        start.Environment["WINEDEBUG"] = "-all";

        // Wine reads arguments in the encoding of the locale.
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment.Remove("DISPLAY");
        start.Environment.Remove("WINEDLLOVERRIDES");

        // dotnet test leaves DOTNET_ROOT_X64 and its like to us; inside Wine they would lead to this machine's .NET.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("DOTNET_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        // Where the runtime maps its code twice, to write and to execute, it dies under Wine 8 in a native host's first full collection:
        // "Internal CLR error" in DynamicResolver.DestroyScout, each time, whatever the collection's mode, with and without our shim. Without
        // the second mapping it never does. A .NET program of its own bears it; why a native host does not is not known.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(patience ?? Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new HungRunException($"{string.Join(' ', command)} did not end within {patience ?? Limit}: {await File.ReadAllTextAsync(output)}");
        }

        return new WineRun(process.ExitCode, await File.ReadAllTextAsync(output));
    }

    /// <summary>A Windows program has neither ended nor failed.</summary>
    public sealed class HungRunException(string message) : Exception(message);

    /// <summary>How a Windows program ended.</summary>
    public sealed record WineRun(int ExitCode, string Output);
}
