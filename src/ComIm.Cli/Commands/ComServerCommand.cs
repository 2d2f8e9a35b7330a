using System.CommandLine;
using ComIm.Cli.Terminal;
using ComIm.Com.Hosting;
using ComIm.Com.Registration;

namespace ComIm.Cli.Commands;

/// <summary><c>comim com-server</c>: what COM starts where ComIm is registered with <c>--own-process</c>.</summary>
internal static class ComServerCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="context">The surroundings.</param>
    public static Command Create(CliContext context)
    {
        // People never type it.
        var command = new Command("com-server", "Serve COM clients; COM itself starts this.") { Hidden = true };
        command.Options.Add(new Option<bool>("-Embedding") { Description = "What COM adds." });
        command.SetGuardedAction(context, async (_, cancellationToken) =>
        {
            try
            {
                await ClassServer.RunAsync(TimeProvider.System, cancellationToken).ConfigureAwait(false);
                return ExitCode.Success;
            }
            catch (RegistrationException e)
            {
                throw new CliException(e.Message, inner: e);
            }
        });
        return command;
    }
}
