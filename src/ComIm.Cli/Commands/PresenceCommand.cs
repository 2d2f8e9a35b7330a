using System.CommandLine;
using System.Globalization;
using System.Threading.Channels;
using ComIm.Cli.Options;
using ComIm.Cli.Terminal;
using ComIm.Client.Accounts;
using ComIm.Client.Presence;

namespace ComIm.Cli.Commands;

/// <summary><c>comim presence</c>: signs in, says how things are, and prints the presence of others as it changes.</summary>
internal static class PresenceCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="context">The surroundings.</param>
    public static Command Create(CliContext context)
    {
        var account = new AccountOptions("--as");
        var people = new Argument<string[]>("address")
        {
            Description = "Whom to watch; nobody where only --set is given.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var set = new Option<PresenceAvailability?>("--set")
        {
            Description = "What to say of yourself while the command runs: online, away, brb, busy, dnd or offline.",
            HelpName = "availability",
            CustomParser = AvailabilityParser.Parse,
        };
        var note = new Option<string?>("--note") { Description = "A line for people, beside --set.", HelpName = "text" };
        var count = new Option<int?>("--count") { Description = "Stop after so many lines.", HelpName = "n", CustomParser = NumberParser.Count };
        var command = new Command("presence", "Print the presence of others as it changes, and say your own, until Ctrl+C.") { people, set, note, count };
        account.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(people) is not { Tokens.Count: > 0 } && result.GetResult(set) is null)
            {
                result.AddError("Name whom to watch, or say with --set how things are with you.");
            }

            if (result.IsGiven(note) && !result.IsGiven(set))
            {
                result.AddError("--note needs --set, beside which it is said.");
            }
        });
        command.SetGuardedAction(context, async (result, cancellationToken) =>
        {
            var settings = await account.ReadAsync(result, context, cancellationToken).ConfigureAwait(false);
            var trace = account.WantsTrace(result) ? new Ladder(context.Error).For(settings.Address) : null;
            var session = await AccountSession.OpenAsync(settings, context.TimeProvider, trace, cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                if (result.GetValue(set) is { } availability)
                {
                    await session.Account.Presence.PublishAsync(
                        availability, result.GetValue(note), cancellationToken: cancellationToken).ConfigureAwait(false);
                }

                await WatchAsync(session.Account, result.GetValue(people) ?? [], result.GetValue(count), context, cancellationToken).ConfigureAwait(false);
                return ExitCode.Success;
            }
        });
        return command;
    }

    private static async Task WatchAsync(
        ImAccount account, IReadOnlyList<string> people, int? count, CliContext context, CancellationToken stopped)
    {
        var lines = Channel.CreateUnbounded<string>();
        account.StateChanged += (_, e) =>
        {
            if (e.NewState is ImAccountState.SignedOut or ImAccountState.Rejected)
            {
                lines.Writer.TryComplete();
            }
        };
        var watched = people.Select(account.Presence.Watch).ToList();
        var shown = new Dictionary<Presentity, string>();
        foreach (var presentity in watched)
        {
            presentity.Changed += (_, _) => Show(presentity);
            Show(presentity);
        }

        await context.Error.WriteLineAsync($"Signed in as {account.Address}. Ctrl+C stops.").ConfigureAwait(false);
        try
        {
            for (var seen = 0; seen != count; seen++)
            {
                await context.Out.WriteLineAsync(await lines.Reader.ReadAsync(stopped).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested && count is null)
        {
            // A person stopped what has no other end. Where lines were counted, too few have come.
        }
        catch (ChannelClosedException e)
        {
            throw new CliException($"{account.Address} was signed out by the server; nothing more can be seen.", inner: e);
        }

        watched.ForEach(p => p.Dispose());

        void Show(Presentity presentity)
        {
            lock (shown)
            {
                if (Describe(presentity) is { } text && shown.GetValueOrDefault(presentity) != text)
                {
                    shown[presentity] = text;
                    var time = TimeZoneInfo.ConvertTime(context.TimeProvider.GetUtcNow(), context.TimeProvider.LocalTimeZone);
                    lines.Writer.TryWrite(string.Create(
                        CultureInfo.InvariantCulture, $"{time:yyyy-MM-dd HH:mm:ss}  {SafeText.OneLine(presentity.Address)}: {SafeText.OneLine(text)}"));
                }
            }
        }
    }

    /// <summary>What there is to see; null where nothing has been said yet.</summary>
    private static string? Describe(Presentity presentity) => presentity.SubscriptionState switch
    {
        PresenceSubscriptionState.Active => presentity.Status.ToString(),
        PresenceSubscriptionState.Pending => "has still to allow it",
        PresenceSubscriptionState.Ended => presentity.Failure?.Message,
        _ => null,
    };
}
