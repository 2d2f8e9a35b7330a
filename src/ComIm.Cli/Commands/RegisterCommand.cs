using System.CommandLine;
using ComIm.Cli.Options;
using ComIm.Cli.Registration;
using ComIm.Cli.Terminal;
using ComIm.Com.Registration;

namespace ComIm.Cli.Commands;

/// <summary><c>comim register</c>: the COM classes and their type libraries go into the registry.</summary>
internal static class RegisterCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="context">The surroundings.</param>
    public static Command Create(CliContext context)
    {
        var choices = new RegistrationChoices();
        var command = new Command("register", "Enter the COM classes and their type libraries into the Windows registry.");
        choices.AddTo(command);
        command.SetGuardedAction(context, async (result, _) =>
        {
            var options = choices.Read(result);
            ComServer.Register(options);
            var whom = options.Scope == RegistrationScope.Machine ? "the machine" : "the current user";
            var what = options.UccApi ? ", with the original UCC API" : "";
            await context.Out.WriteLineAsync($"Registered for {whom}{what}.").ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }
}
