using System.Diagnostics;
using System.Globalization;

namespace ComIm.Faults.Tests.Load;

/// <summary>What this process holds, after a full collection.</summary>
/// <param name="Managed">Bytes of objects.</param>
/// <param name="Private">Bytes that no other process shares; 0 where the system does not say.</param>
/// <param name="Handles">Open handles, which are file descriptors on Linux.</param>
/// <param name="Threads">Threads, without those of the thread pool, which come and go with the load.</param>
internal sealed record ProcessFigures(long Managed, long Private, int Handles, int Threads)
{
    private const string PrivateField = "RssAnon:";

    public static ProcessFigures Take()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        using var process = Process.GetCurrentProcess();
        var handles = OperatingSystem.IsLinux() ? Directory.GetFileSystemEntries("/proc/self/fd").Length : process.HandleCount;

        // GC.GetTotalMemory differs by megabytes from call to call, for it counts what threads have been given to allocate from.
        var heap = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        return new ProcessFigures(heap.HeapSizeBytes - heap.FragmentedBytes, PrivateBytes(), handles, process.Threads.Count - ThreadPool.ThreadCount);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Managed / 1e6:F1} MB managed, {Private / 1e6:F1} MB private, {Handles} handles, {Threads} threads");

    private static long PrivateBytes()
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(PrivateField, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(PrivateField.Length).Trim().ToString().Split(' ')[0], CultureInfo.InvariantCulture) * 1024;
    }
}
