using System.CommandLine;
using ComIm.Cli.Demo;
using ComIm.Cli.Terminal;

namespace ComIm.Cli.Commands;

/// <summary><c>comim demo</c>: a server, two people and what they do with each other in one process, as a transcript.</summary>
internal static class DemoCommand
{
    /// <summary>It needs three seconds; this is for a machine that has too much else to do.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>How long a demo that is broken off may take to sign out and to remove its folder; the process goes a little later.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(4);

    /// <summary>Makes the command.</summary>
    /// <param name="context">The surroundings.</param>
    public static Command Create(CliContext context)
    {
        var command = new Command("demo", "Start a server on a free port, let alice and bob chat, watch and miss each other, show the SIP messages.");
        command.SetGuardedAction(context, (_, cancellationToken) => RunAsync(context, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var play = new DemoPlay(new Ladder(context.Out), context.TimeProvider).RunAsync(ending.Token);
        try
        {
            // Waited for from outside, so that not even a part that ignores its cancellation can hold the process.
            await play.WaitAsync(Limit, context.TimeProvider, cancellationToken).ConfigureAwait(false);
            return ExitCode.Success;
        }
        catch (TimeoutException e)
        {
            await ending.CancelAsync().ConfigureAwait(false);
            throw new CliException(
                $"The demo did not come to its end within {Limit.TotalSeconds} s; the last line above shows where it stopped.", inner: e);
        }
        finally
        {
            // Its server and the folder of its messages are not left behind.
            await Task.WhenAny(play, Task.Delay(EndLimit, context.TimeProvider, CancellationToken.None)).ConfigureAwait(false);
        }
    }
}
