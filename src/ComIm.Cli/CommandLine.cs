using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using ComIm.Cli.Commands;
using ComIm.Cli.Terminal;

namespace ComIm.Cli;

/// <summary>The root of the command line: every command, and how it is run.</summary>
internal static class CommandLine
{
    /// <summary>How long a stopped command may take to sign out before the process ends without it.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    /// <summary>Runs one command line.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="context">The surroundings.</param>
    /// <param name="cancellationToken">Stops the command as Ctrl+C and SIGTERM do.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, CliContext context, CancellationToken cancellationToken = default)
    {
        // Response files are off: a text that begins with @ is a text.
        var result = Create(context, args).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var stray = FindStrayOption(result);
        if (stray is not null || result.Action is ParseErrorAction)
        {
            await context.Error.WriteLineAsync(ExplainUsage(result, stray)).ConfigureAwait(false);
            return ExitCode.Usage;
        }

        var configuration = new InvocationConfiguration
        {
            Output = context.Out,
            Error = context.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = StopLimit,
        };
        try
        {
            return await result.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            // The help's, of which nobody has read the rest; commands explain their own.
            await context.Error.WriteLineAsync($"comim: {SafeText.OneLine(e.Message)}").ConfigureAwait(false);
            return ExitCode.Failure;
        }
    }

    /// <summary>One error alone, without the page of help that would push it out of sight.</summary>
    private static string ExplainUsage(ParseResult result, string? stray)
    {
        var command = result.CommandResult.Command;
        var error = (stray, result.UnmatchedTokens) switch
        {
            (not null, _) => $"{stray} is not an option here; before a text that begins with a dash, write --.",
            (null, [var unknown, ..]) => $"'{unknown}' is not known here; a text of several words needs quotes.",
            _ => result.Errors[0].Message,
        };
        return $"comim: {SafeText.OneLine(error)} See 'comim{(command is RootCommand ? "" : " " + command.Name)} --help'.";
    }

    /// <summary>
    /// An option that nobody declared, which the parser would take for the text of a message: <c>--password=…</c> must
    /// neither be sent nor be repeated, so its name alone comes back.
    /// </summary>
    private static string? FindStrayOption(ParseResult result) => result.Tokens
        .TakeWhile(token => token.Type != TokenType.DoubleDash)
        .Where(token => token.Type == TokenType.Argument && token.Value is ['-', '-' or >= 'A', ..])
        .Select(token => token.Value.Split('=', ':')[0])
        .FirstOrDefault();

    private static RootCommand Create(CliContext context, string[] args) =>
        new("SIP instant messaging from the terminal: a server to try it on, sending, listening, presence, COM registration, finding out what is wrong.")
        {
            DemoCommand.Create(context),
            ServeCommand.Create(context, isExplained: args is ["serve", ..]),
            SendCommand.Create(context),
            ListenCommand.Create(context),
            PresenceCommand.Create(context),
            RegisterCommand.Create(context),
            UnregisterCommand.Create(context),
            OverrideCommand.Create(context),
            ComServerCommand.Create(context),
            DoctorCommand.Create(context),
        };
}
