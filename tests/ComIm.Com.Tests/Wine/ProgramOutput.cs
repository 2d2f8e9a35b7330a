namespace ComIm.Com.Tests.Wine;

/// <summary>What a Windows program of the tests has written. Such output is long, and results of tests show its beginning.</summary>
internal static class ProgramOutput
{
    /// <summary>Fails where a program has found something wrong; the message begins with that.</summary>
    /// <param name="output">What it has written.</param>
    /// <param name="mark">What stands in a line that tells of it.</param>
    public static void AssertNothingWrong(string output, string mark = "wrong") =>
        Assert.False(output.Contains(mark, StringComparison.Ordinal), TroubleFirst(output));

    /// <summary>The output, and before it the lines that say what has gone wrong.</summary>
    public static string TroubleFirst(string output)
    {
        var trouble = output.Split('\n', StringSplitOptions.TrimEntries).Where(IsTrouble).ToList();
        return trouble.Count == 0 ? output : $"{string.Join('\n', trouble)}\n\nAll of it:\n{output}";
    }

    private static bool IsTrouble(string line) =>
        line.Contains("wrong", StringComparison.Ordinal)
        || line.Contains(": failed", StringComparison.Ordinal)
        || (line.StartsWith("no ", StringComparison.Ordinal) && line.EndsWith(" came", StringComparison.Ordinal));
}
