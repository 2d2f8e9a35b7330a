using System.CommandLine;
using ComIm.Com.Registration;

namespace ComIm.Cli.Options;

/// <summary><c>--user</c> or <c>--machine</c>: for whom COM classes are registered.</summary>
internal sealed class ScopeOptions
{
    private readonly Option<bool> _user = new("--user") { Description = "For you alone; the default, and needs no rights." };
    private readonly Option<bool> _machine = new("--machine") { Description = "For every user; needs an administrator." };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        command.Options.Add(_user);
        command.Options.Add(_machine);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_user) && result.GetValue(_machine))
            {
                result.AddError("--user and --machine exclude each other.");
            }
        });
    }

    /// <summary>Which of them is meant.</summary>
    /// <param name="result">The parsed command line.</param>
    public RegistrationScope Read(ParseResult result) =>
        result.GetValue(_machine) ? RegistrationScope.Machine : RegistrationScope.User;
}
