namespace ComIm.Cli;

/// <summary>A command cannot go on; the message is the one line that the user reads.</summary>
internal sealed class CliException : Exception
{
    /// <summary>Makes an exception.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="exitCode">One of <see cref="ExitCode"/>.</param>
    /// <param name="inner">The cause beneath.</param>
    public CliException(string message, int exitCode = Cli.ExitCode.Failure, Exception? inner = null)
        : base(message, inner) => ExitCode = exitCode;

    /// <summary>What the process returns.</summary>
    public int ExitCode { get; }

    /// <summary>The command line is wrong.</summary>
    /// <param name="message">What is wrong with it.</param>
    public static CliException Usage(string message) => new(message, Cli.ExitCode.Usage);
}
