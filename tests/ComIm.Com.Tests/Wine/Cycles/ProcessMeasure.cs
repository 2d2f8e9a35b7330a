using System.Globalization;
using System.Text;

namespace ComIm.Com.Tests.Wine.Cycles;

/// <summary>A Windows program as the system beneath Wine sees it.</summary>
/// <param name="PrivateBytes">Memory that no other process shares.</param>
/// <param name="Threads">Its threads.</param>
/// <param name="Handles">Its handles, by its own count.</param>
/// <param name="Files">What it has opened, sockets too, by the system's count.</param>
/// <param name="Sinks">Its sinks that somebody holds.</param>
/// <param name="HeapBytes">What is left on the managed heap after a full collection.</param>
internal sealed record ProcessMeasure(long PrivateBytes, int Threads, int Handles, int Files, long Sinks, long HeapBytes)
{
    /// <summary>Measures the program whose command line has this text; it has written "sinks handles bytes" of itself.</summary>
    public static ProcessMeasure Take(string commandLine, string ownWords)
    {
        var words = ownWords.Split(' ').Select(w => long.Parse(w, CultureInfo.InvariantCulture)).ToArray();
        var folder = FindProcess(commandLine);
        var rollup = File.ReadLines(Path.Combine(folder, "smaps_rollup")).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(parts => parts[0] is "Private_Clean:" or "Private_Dirty:" or "Swap:").Sum(parts => long.Parse(parts[1], CultureInfo.InvariantCulture));
        return new ProcessMeasure(
            rollup * 1024,
            Directory.GetDirectories(Path.Combine(folder, "task")).Length,
            (int)words[1],
            Directory.GetFileSystemEntries(Path.Combine(folder, "fd")).Length,
            words[0],
            words[2]);
    }

    // The loader of Wine becomes the program; the shell before it is smaller.
    private static string FindProcess(string commandLine) => Directory.GetDirectories("/proc")
        .Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]) && Read(folder, "cmdline").Contains(commandLine, StringComparison.Ordinal))
        .OrderByDescending(folder => Read(folder, "statm").Length).ThenByDescending(folder => Read(folder, "statm"), StringComparer.Ordinal).First();

    private static string Read(string folder, string file)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(folder, file)));
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return "";
        }
    }
}
