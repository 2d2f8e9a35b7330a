using System.CommandLine;
using System.Globalization;
using ComIm.Cli.Options;
using ComIm.Cli.Terminal;
using ComIm.Client.Accounts;
using ComIm.Client.Messaging;

namespace ComIm.Cli.Commands;

/// <summary><c>comim listen</c>: signs in and prints what comes in.</summary>
internal static class ListenCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="context">The surroundings.</param>
    public static Command Create(CliContext context)
    {
        var account = new AccountOptions("--as");
        var count = new Option<int?>("--count") { Description = "Stop after so many messages.", HelpName = "n", CustomParser = NumberParser.Count };
        var timeout = new Option<double?>("--timeout")
        {
            Description = "Stop after so long; it is a failure where fewer than --count have come.",
            HelpName = "seconds",
            CustomParser = NumberParser.Seconds,
        };
        var command = new Command("listen", "Print each message that comes in, until Ctrl+C.") { count, timeout };
        account.AddTo(command);
        command.SetGuardedAction(context, async (result, cancellationToken) =>
        {
            var settings = await account.ReadAsync(result, context, cancellationToken).ConfigureAwait(false);
            var trace = account.WantsTrace(result) ? new Ladder(context.Error).For(settings.Address) : null;
            var session = await AccountSession.OpenAsync(settings, context.TimeProvider, trace, cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                return await ListenAsync(
                    session.Account, result.GetValue(count), result.GetValue(timeout), context, cancellationToken).ConfigureAwait(false);
            }
        });
        return command;
    }

    private static async Task<int> ListenAsync(
        ImAccount account, int? count, double? seconds, CliContext context, CancellationToken stopped)
    {
        var limit = seconds is { } s ? TimeSpan.FromSeconds(s) : Timeout.InfiniteTimeSpan;
        using var timer = new CancellationTokenSource(limit, context.TimeProvider);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopped, timer.Token);
        var seen = 0;
        try
        {
            account.StateChanged += (_, e) => ReportState(e, context);
            var messages = account.ReceiveAsync(ending.Token);
            await context.Error.WriteLineAsync($"Signed in as {account.Address}. Ctrl+C stops.").ConfigureAwait(false);
            await foreach (var message in messages.ConfigureAwait(false))
            {
                await context.Out.WriteLineAsync(Line(message, context.TimeProvider)).ConfigureAwait(false);
                if (++seen == count)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Both ends are ordinary: a person stopped it, or the time is over.
        }

        return Result(account, seen, count, timer.IsCancellationRequested, stopped.IsCancellationRequested);
    }

    private static int Result(ImAccount account, int seen, int? count, bool timedOut, bool stopped)
    {
        if (timedOut && seen < count)
        {
            throw new CliException($"The time is over: {seen} of {count} messages have come.");
        }

        if (!timedOut && !stopped && seen != count)
        {
            throw new CliException($"{account.Address} was signed out by the server; nothing more can come in.");
        }

        // Who waits for a number of messages must not take a Ctrl+C for them.
        return stopped && seen < count ? ExitCode.Interrupted : ExitCode.Success;
    }

    private static void ReportState(ImAccountStateChangedEventArgs e, CliContext context)
    {
        if (e.NewState == ImAccountState.Reconnecting)
        {
            context.Error.WriteLine("The connection was lost; trying again. " + SafeText.OneLine(e.Cause?.Message ?? ""));
        }
        else if (e is { OldState: ImAccountState.Reconnecting, NewState: ImAccountState.SignedIn })
        {
            context.Error.WriteLine("The connection is back.");
        }
    }

    private static string Line(ChatMessage message, TimeProvider clock)
    {
        var time = TimeZoneInfo.ConvertTime(message.Timestamp, clock.LocalTimeZone);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{time:yyyy-MM-dd HH:mm:ss}  {SafeText.OneLine(message.From)}: {SafeText.Indented(message.Text)}");
    }
}
