using System.Text;

namespace ComIm.Cli.Terminal;

/// <summary>What the commands touch of the world outside, in one place, so that a test can stand in for it.</summary>
internal sealed record CliContext
{
    /// <summary>Results.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Errors and notices, so that a pipe sees results only.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Piped text.</summary>
    public required TextReader In { get; init; }

    /// <summary>Finds an environment variable.</summary>
    public Func<string, string?> GetVariable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Asks a person for a password; null where nobody is there to ask.</summary>
    public Func<string, string>? AskPassword { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The surroundings of the real process.</summary>
    public static CliContext ForProcess()
    {
        if (OperatingSystem.IsWindows() && !Console.IsOutputRedirected)
        {
            // Its consoles still begin in a code page that cannot show what people write.
            Console.OutputEncoding = Encoding.UTF8;
        }

        return new CliContext
        {
            Out = Console.IsOutputRedirected ? StandardOutput.OpenRedirected() : Console.Out,
            Error = Console.Error,
            In = Console.IsInputRedirected ? new StreamReader(Console.OpenStandardInput(), Encoding.UTF8) : Console.In,
            AskPassword = Console.IsInputRedirected || Console.IsErrorRedirected ? null : PasswordPrompt.Ask,
        };
    }
}
