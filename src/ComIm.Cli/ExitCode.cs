namespace ComIm.Cli;

/// <summary>What the process returns; scripts branch on it.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>It was tried and failed; one line on the error stream says why.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong; nothing was tried.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl+C, as shells report it: 128 and the number of SIGINT.</summary>
    public const int Interrupted = 130;
}
