using System.CommandLine;
using ComIm.Cli.Terminal;
using ComIm.Client;

namespace ComIm.Cli;

/// <summary>Turns whatever ends a command into an exit code and, where it failed, one line for the user.</summary>
internal static class CommandGuard
{
    /// <summary>Gives a command its action, guarded.</summary>
    /// <param name="command">The command.</param>
    /// <param name="context">The surroundings.</param>
    /// <param name="action">What it does.</param>
    public static void SetGuardedAction(
        this Command command, CliContext context, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (result, cancellationToken) =>
        {
            // The command line waits for an action that is stopped only once it has its task: a command that spoke before
            // would be killed by who stops it at its first word.
            await Task.Yield();
            try
            {
                return await action(result, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }
            catch (Exception exception)
            {
                // Everything: a stack trace is no answer to a user, and the process ends here anyway.
                var (line, exitCode) = Explain(exception);
                await context.Error.WriteLineAsync($"comim {command.Name}: {SafeText.OneLine(line)}").ConfigureAwait(false);
                return exitCode;
            }
        });

    private static (string Line, int ExitCode) Explain(Exception exception) => exception switch
    {
        CliException e => (e.Message, e.ExitCode),
        ImException { Error: ImError.BadAddress } e => (e.Message, ExitCode.Usage),
        ImException e => (e.Message, ExitCode.Failure),
        IOException or UnauthorizedAccessException => (exception.Message, ExitCode.Failure),
        _ => ($"This should not have happened; please report it: {exception.GetType().Name}: {exception.Message}", ExitCode.Failure),
    };
}
