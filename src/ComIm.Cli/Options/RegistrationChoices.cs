using System.CommandLine;
using ComIm.Com.Registration;

namespace ComIm.Cli.Options;

/// <summary>What <c>comim register</c> enters beside ComIm's own classes.</summary>
internal sealed class RegistrationChoices
{
    private readonly ScopeOptions _scope = new();
    private readonly Option<bool> _uccApi = new("--uccapi")
    {
        Description = "The original CLSIDs, type library and interfaces of the UCC API, too. What stood there comes back with unregister.",
    };

    private readonly Option<bool> _surrogate = new("--surrogate")
    {
        Description = "Also serve programs of the other bitness, by a process of Windows' own.",
    };

    private readonly Option<bool> _ownProcess = new("--own-process")
    {
        Description = "Serve every program by a comim.exe of its own; .NET programs need that.",
    };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        _scope.AddTo(command);
        command.Options.Add(_uccApi);
        command.Options.Add(_surrogate);
        command.Options.Add(_ownProcess);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_surrogate) && result.GetValue(_ownProcess))
            {
                result.AddError("--surrogate and --own-process exclude each other.");
            }
        });
    }

    /// <summary>What was chosen.</summary>
    /// <param name="result">The parsed command line.</param>
    public RegistrationOptions Read(ParseResult result) => new()
    {
        Scope = _scope.Read(result),
        UccApi = result.GetValue(_uccApi),
        Process = result.GetValue(_surrogate) ? ServerProcess.Surrogate
            : result.GetValue(_ownProcess) ? ServerProcess.OwnProcess
            : ServerProcess.InProcess,
    };
}
