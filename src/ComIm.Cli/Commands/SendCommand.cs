using System.CommandLine;
using ComIm.Cli.Options;
using ComIm.Cli.Terminal;
using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Messaging;

namespace ComIm.Cli.Commands;

/// <summary><c>comim send</c>: signs in, sends one text, signs out.</summary>
internal static class SendCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="context">The surroundings.</param>
    public static Command Create(CliContext context)
    {
        var account = new AccountOptions("--from");
        var to = new Option<string>("--to")
        {
            Description = "Who gets it, as sip:bob@example.com.",
            HelpName = "address",
            Required = true,
        };
        var text = new Argument<string?>("text")
        {
            Description = "The text; it is read from standard input where it is left out or is '-'.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("send", "Send one message. Returns 0 when it was taken, 1 when it failed.") { to, text };
        account.AddTo(command);
        command.SetGuardedAction(context, async (result, cancellationToken) =>
        {
            // The password first: where it is asked for, it must not be taken from the text.
            var settings = await account.ReadAsync(result, context, cancellationToken).ConfigureAwait(false);
            var body = await ReadTextAsync(result.GetValue(text), context, cancellationToken).ConfigureAwait(false);
            var trace = account.WantsTrace(result) ? new Ladder(context.Error).For(settings.Address) : null;
            await SendAsync(settings, result.GetRequiredValue(to), body, trace, context, cancellationToken).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<string> ReadTextAsync(string? text, CliContext context, CancellationToken cancellationToken)
    {
        if (text is null or "-")
        {
            // The console's readers, and its pipes, look at no token while they wait for what somebody else writes.
            text = await Task.Run(context.In.ReadToEnd, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);

            // The line end that echo and editors add is not part of what was said.
            text = text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
        }

        return text.Length > 0 ? text : throw CliException.Usage("There is no text to send.");
    }

    private static async Task SendAsync(
        ImAccountSettings settings,
        string to,
        string text,
        Action<ImTraceEntry>? trace,
        CliContext context,
        CancellationToken cancellationToken)
    {
        var session = await AccountSession.OpenAsync(settings, context.TimeProvider, trace, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            var message = await session.Account.SendAsync(to, text, cancellationToken).ConfigureAwait(false);
            if (message.Status == MessageStatus.Accepted)
            {
                await context.Error.WriteLineAsync("A server has taken the message and will deliver it later.").ConfigureAwait(false);
            }
        }
    }
}
