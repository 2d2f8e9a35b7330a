using System.CommandLine;
using ComIm.Cli.Options;
using ComIm.Cli.Registration;
using ComIm.Cli.Terminal;

namespace ComIm.Cli.Commands;

/// <summary><c>comim register</c>: the COM classes and their type library go into the registry.</summary>
internal static class RegisterCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="context">The surroundings.</param>
    public static Command Create(CliContext context)
    {
        var scope = new ScopeOptions();
        var command = new Command("register", "Enter the COM classes and their type library into the Windows registry.");
        scope.AddTo(command);
        command.SetGuardedAction(context, async (result, _) =>
        {
            var machine = scope.IsMachine(result);
            ComServer.Register(machine);
            await context.Out.WriteLineAsync(machine ? "Registered for the machine." : "Registered for the current user.").ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }
}
