using System.CommandLine;
using System.CommandLine.Parsing;
using ComIm.Cli.Options;
using ComIm.Cli.Terminal;
using ComIm.Com.Registration;
using ComIm.Com.UccApi.Administration;

namespace ComIm.Cli.Commands;

/// <summary><c>comim override</c>: what an application of the UCC API that cannot be changed uses instead of what it sets.</summary>
internal sealed class OverrideCommand
{
    private readonly Argument<string?> _application = new("application")
    {
        Description = "The name the application gives to Initialize, or '*' for every application; without it all settings are listed.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly ScopeOptions _scope = new();
    private readonly Option<string?> _server = new("--server") { Description = "The server.", HelpName = "host:port" };
    private readonly Option<string?> _transport = new("--transport") { Description = "udp, tcp or tls.", HelpName = "udp|tcp|tls" };
    private readonly Option<string?> _authentication = new("--authentication")
    {
        Description = "What the application may authenticate with: none, basic, digest, ntlm, kerberos; several with commas.",
        HelpName = "modes",
    };

    private readonly Option<string?> _userName = new("--user-name")
    {
        Description = $"The name to authenticate with. The password is taken from --password-file, the variable {PasswordSource.Variable}, or you are asked.",
        HelpName = "name",
    };

    private readonly Option<string?> _passwordFile = new("--password-file")
    {
        Description = "A file whose first line is the password. Windows keeps it encrypted.",
        HelpName = "file",
        CustomParser = FileNameParser.Parse,
    };

    private readonly Option<bool> _remove = new("--remove") { Description = "Remove the setting." };

    private OverrideCommand()
    {
    }

    private Option[] Settings => [_server, _transport, _authentication, _userName, _passwordFile];

    /// <summary>Makes the command.</summary>
    /// <param name="context">The surroundings.</param>
    public static Command Create(CliContext context)
    {
        var parts = new OverrideCommand();
        var command = new Command("override", "Set, for an old UCC application, another server, transport, authentication or credentials.");
        command.Arguments.Add(parts._application);
        parts._scope.AddTo(command);
        foreach (var option in (Option[])[.. parts.Settings, parts._remove])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(parts.Validate);
        command.SetGuardedAction(context, async (result, cancellationToken) =>
        {
            try
            {
                await parts.RunAsync(result, context, cancellationToken).ConfigureAwait(false);
                return ExitCode.Success;
            }
            catch (RegistrationException e)
            {
                throw new CliException(e.Message, inner: e);
            }
        });
        return command;
    }

    /// <summary>An option that means nothing beside the others would be passed over, and nobody would know that nothing was set.</summary>
    private void Validate(CommandResult result)
    {
        var setting = Settings.FirstOrDefault(result.IsGiven);
        var isRemoved = result.IsGiven(_remove);
        if (result.GetResult(_application) is not { Tokens.Count: > 0 } && (setting is not null || isRemoved))
        {
            result.AddError("Name the application that is meant, or '*' for every application.");
        }
        else if (isRemoved && setting is not null)
        {
            result.AddError($"--remove and {setting.Name} exclude each other.");
        }
        else if (result.IsGiven(_passwordFile) && !result.IsGiven(_userName))
        {
            result.AddError("--password-file needs --user-name, whose password it is.");
        }
    }

    private async Task RunAsync(ParseResult result, CliContext context, CancellationToken cancellationToken)
    {
        var scope = _scope.Read(result);
        if (result.GetValue(_application) is not { } application)
        {
            foreach (var (name, listed) in ApplicationSettings.List(scope))
            {
                await context.Out.WriteLineAsync(SafeText.OneLine($"{name}: {listed}")).ConfigureAwait(false);
            }

            return;
        }

        if (result.GetValue(_remove))
        {
            ApplicationSettings.Remove(scope, application);
            return;
        }

        var setting = new ApplicationSetting
        {
            Server = result.GetValue(_server),
            Transport = result.GetValue(_transport),
            Authentication = result.GetValue(_authentication),
            UserName = result.GetValue(_userName),
        };
        if (setting == new ApplicationSetting())
        {
            throw CliException.Usage("Say what to override: --server, --transport, --authentication, --user-name, or --remove.");
        }

        if (setting.UserName is { } userName)
        {
            var password = await PasswordSource.ReadAsync(result.GetValue(_passwordFile), userName, context, cancellationToken).ConfigureAwait(false);
            setting = setting with { Password = password };
        }

        ApplicationSettings.Set(scope, application, setting);
    }
}
