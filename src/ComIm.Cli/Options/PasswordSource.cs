using ComIm.Cli.Terminal;

namespace ComIm.Cli.Options;

/// <summary>Where a password comes from: a file, the environment, or the person at the terminal. Never the command line.</summary>
internal static class PasswordSource
{
    /// <summary>The environment variable.</summary>
    public const string Variable = "COMIM_PASSWORD";

    /// <summary>Finds the password.</summary>
    /// <param name="file">The file that the user named, or null.</param>
    /// <param name="address">Whose password it is, for the question.</param>
    /// <param name="context">The surroundings.</param>
    /// <param name="cancellationToken">Ctrl+C, which must not wait for what a person types.</param>
    public static async Task<string> ReadAsync(string? file, string address, CliContext context, CancellationToken cancellationToken)
    {
        if (file is not null)
        {
            return ReadFile(file);
        }

        if (context.GetVariable(Variable) is { Length: > 0 } password)
        {
            return password;
        }

        var ask = context.AskPassword ?? throw CliException.Usage(
            $"No password: name a file with --password-file, or set the variable {Variable}.");
        return await Task.Run(() => ask($"Password of {SafeText.OneLine(address)}"), CancellationToken.None)
            .WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static string ReadFile(string file)
    {
        try
        {
            return File.ReadLines(file).FirstOrDefault() is { Length: > 0 } line
                ? line
                : throw CliException.Usage($"The password file {file} has an empty first line.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"The password file cannot be read: {e.Message}", ExitCode.Usage, e);
        }
    }
}
