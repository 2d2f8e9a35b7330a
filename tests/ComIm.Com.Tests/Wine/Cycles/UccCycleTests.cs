using System.Globalization;
using ComIm.TestKit;

namespace ComIm.Com.Tests.Wine.Cycles;

/// <summary>
/// Sessions of a C++ program that come and go leave nothing behind in its process, though it unadvises nothing: some hundred in every
/// run, 10,000 with <c>--long</c>, measured from outside.
/// </summary>
[Collection(WineCollection.Name)]
public sealed class UccCycleTests(WinePrefix wine)
{
    private const int Short = 200;
    private const int Long = 10_000;
    private const double Tolerance = 1.05;
    private const int Spare = 2;

    // RFC 6026 timer L, and a little: an INVITE that was answered lingers for 32 s.
    private const int Lingering = 36_000;

    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    [SkippableFact]
    public async Task Sessions_that_come_and_go_leave_nothing_in_the_process()
    {
        WinePrefix.Demand();
        var isLong = Requires.LongRun(out _);
        await wine.RegisterAsync("--uccapi");
        try
        {
            var (early, late) = await MeasureAsync(isLong ? Long : Short, isLong ? Lingering : 0);
            Assert.Equal(early.Sinks, late.Sinks);
            if (isLong)
            {
                Console.WriteLine($"{Long / 10} cycles: {early}; {Long} cycles: {late}");
                Assert.True(late.PrivateBytes <= early.PrivateBytes * Tolerance, $"{early}, then {late}");
                Assert.True(early.Handles > 0 && late.Handles <= early.Handles + Spare, $"{early}, then {late}");
                Assert.True(late.Files <= early.Files + Spare, $"{early}, then {late}");
                Assert.True(late.Threads <= early.Threads + Spare, $"{early}, then {late}");
            }
        }
        finally
        {
            await wine.RegisterAsync();
        }
    }

    private async Task<(ProcessMeasure Early, ProcessMeasure Late)> MeasureAsync(int cycles, int lingering)
    {
        var program = await UccClient.CompileAsync(wine, "cycles.cpp");
        await using var server = await TestServer.StartAsync();
        await using var bob = await EchoingBob.SignInAsync(server);
        var folder = Directory.CreateDirectory(Path.Combine(wine.Folder, "cycles")).FullName;
        var run = wine.RunMarkedAsync(
            "cycles",
            [WinePrefix.ToWindows(program), server.Address, "alice@example.com", "secret-alice", "sip:bob@example.com",
                cycles.ToString(CultureInfo.InvariantCulture), WinePrefix.ToWindows(Repository.TestServer), WinePrefix.ToWindows(folder),
                lingering.ToString(CultureInfo.InvariantCulture)],
            Patience);
        var measures = new List<ProcessMeasure>();
        foreach (var number in (string[])["1", "2"])
        {
            var words = await ReadAsync(folder, "measure-" + number, run);
            measures.Add(ProcessMeasure.Take(WinePrefix.ToWindows(folder), words));
            await File.WriteAllTextAsync(Path.Combine(folder, "go-" + number), "");
        }

        ProgramOutput.AssertNothingWrong(await run);
        return (measures[0], measures[1]);
    }

    // The program moves the file to its place when it is whole.
    private static async Task<string> ReadAsync(string folder, string name, Task<string> run)
    {
        var path = Path.Combine(folder, name);
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(folder) { EnableRaisingEvents = true };
        watcher.Renamed += (_, e) => written.TrySetResult();
        watcher.Created += (_, e) =>
        {
            if (e.Name == name)
            {
                written.TrySetResult();
            }
        };
        if (!File.Exists(path) && await Task.WhenAny(run, written.Task) == run)
        {
            await run;
        }

        return await File.ReadAllTextAsync(path);
    }
}
