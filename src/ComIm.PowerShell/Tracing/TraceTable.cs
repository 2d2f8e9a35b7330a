using ComIm.Client;

namespace ComIm.PowerShell;

/// <summary>Which connections are traced, and to where.</summary>
internal static class TraceTable
{
    private static readonly Lock Gate = new();
    private static readonly List<(ImConnection? Connection, TraceFile File)> Traces = [];

    /// <summary>Begins to trace, instead of what was traced so far of the same.</summary>
    /// <param name="connection">A connection; null for all, present and future.</param>
    /// <param name="file">Where to.</param>
    public static void Set(ImConnection? connection, TraceFile file)
    {
        lock (Gate)
        {
            Remove(trace => trace.Connection == connection);
            Traces.Add((connection, file));
        }
    }

    /// <summary>Ends traces.</summary>
    /// <param name="connection">The connection; null ends them all.</param>
    /// <returns>Their files.</returns>
    public static IReadOnlyList<string> Clear(ImConnection? connection)
    {
        lock (Gate)
        {
            return Remove(trace => connection is null || trace.Connection == connection);
        }
    }

    /// <summary>Writes an entry to whichever files want it.</summary>
    /// <param name="connection">Whose it is.</param>
    /// <param name="entry">The entry.</param>
    public static void Write(ImConnection connection, ImTraceEntry entry)
    {
        lock (Gate)
        {
            foreach (var (traced, file) in Traces)
            {
                if (traced is null || traced == connection)
                {
                    file.Write(entry);
                }
            }
        }
    }

    private static List<string> Remove(Func<(ImConnection? Connection, TraceFile File), bool> chosen)
    {
        var ended = Traces.Where(chosen).ToList();
        Traces.RemoveAll(trace => ended.Contains(trace));

        // Several connections may write to one file.
        foreach (var file in ended.Select(trace => trace.File).Distinct().Where(file => !Traces.Exists(trace => trace.File == file)))
        {
            file.Dispose();
        }

        return [.. ended.Select(trace => trace.File.Path).Distinct(StringComparer.Ordinal)];
    }
}
