using System.CommandLine;
using ComIm.Cli.Options;
using ComIm.Cli.Registration;
using ComIm.Cli.Terminal;
using ComIm.Com.Registration;

namespace ComIm.Cli.Commands;

/// <summary><c>comim unregister</c>: the COM classes and their type library leave the registry.</summary>
internal static class UnregisterCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="context">The surroundings.</param>
    public static Command Create(CliContext context)
    {
        var scope = new ScopeOptions();
        var command = new Command("unregister", "Remove the COM classes and their type library from the Windows registry.");
        scope.AddTo(command);
        command.SetGuardedAction(context, async (result, _) =>
        {
            var whom = scope.Read(result);
            ComServer.Unregister(whom);
            await context.Out.WriteLineAsync(
                whom == RegistrationScope.Machine ? "Unregistered for the machine." : "Unregistered for the current user.").ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }
}
