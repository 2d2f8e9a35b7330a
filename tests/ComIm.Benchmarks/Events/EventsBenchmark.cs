using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using ComIm.TestKit;

namespace ComIm.Benchmarks.Events;

/// <summary>
/// Events from C# into C++ sinks under Wine, in an STA and in an MTA, with a text and with two objects, beside a bare loop of
/// IDispatch::Invoke in the same run. COMIM_WINEPREFIX names the prefix, as for the tests.
/// </summary>
internal static class EventsBenchmark
{
    private const int Count = 200_000;

    public static async Task RunAsync()
    {
        if (!Requires.Wine(out var reason) || !Requires.WindowsCompiler(out reason))
        {
            await Console.Error.WriteLineAsync("events: " + reason);
            return;
        }

        var folder = Directory.CreateTempSubdirectory("comim-events");
        try
        {
            var program = Path.Combine(folder.FullName, "events.exe");
            await ExecuteAsync(
                folder.FullName,
                ["x86_64-w64-mingw32-g++", "-O2", "-std=c++17", "-municode", "-static", "-w", PathOf("EventsSource"), "-o", program, "-lole32", "-loleaut32", "-luuid"]);
            foreach (var apartment in (string[])["sta", "mta"])
            {
                var output = await ExecuteAsync(
                    folder.FullName,
                    ["wine", program, "Z:" + PathOf("TestServer").Replace('/', '\\'), Count.ToString(CultureInfo.InvariantCulture), apartment]);
                if (!output.Contains("events: done", StringComparison.Ordinal))
                {
                    throw new InvalidOperationException(output);
                }

                Print(apartment, output);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Print(string apartment, string output)
    {
        var rates = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split('\t')).Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[0], parts => double.Parse(parts[1], CultureInfo.InvariantCulture))
            .ToDictionary(group => group.Key, group => Figures.Median([.. group]));
        foreach (var (name, rate) in rates)
        {
            Figures.Print($"events.{apartment}.{name}.rate", rate, "/s");
        }
    }

    private static string PathOf(string key) => Path.GetFullPath(typeof(EventsBenchmark).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == key).Value!);

    // Output goes to a file: a process that Wine leaves behind would hold a pipe open.
    private static async Task<string> ExecuteAsync(string folder, string[] command)
    {
        var output = Path.Combine(folder, "output");
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" > \"$COMIM_OUTPUT\" 2>&1 < /dev/null", "sh", .. command]);
        start.Environment["COMIM_OUTPUT"] = output;
        start.Environment["WINEPREFIX"] = Requires.WinePrefix;
        start.Environment["WINEDEBUG"] = "-all";
        start.Environment.Remove("DISPLAY");
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("DOTNET_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(10));
        return await File.ReadAllTextAsync(output);
    }
}
