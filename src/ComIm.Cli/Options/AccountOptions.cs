using System.CommandLine;
using ComIm.Cli.Terminal;
using ComIm.Client.Accounts;

namespace ComIm.Cli.Options;

/// <summary>The options of every command that signs in.</summary>
internal sealed class AccountOptions
{
    private readonly Option<string?> _address;

    private readonly Option<string?> _server = new("--server")
    {
        Description = "The server, where it is not the domain of the address.",
        HelpName = "host:port",
    };

    private readonly Option<ImTransport> _transport = new("--transport")
    {
        Description = "udp, tcp, tls, or auto, the default: what the server's domain offers, TLS before all; UDP where --server names a port.",
        HelpName = "auto|udp|tcp|tls",
        CustomParser = TransportParser.Parse,
        DefaultValueFactory = _ => ImTransport.Auto,
    };

    private readonly Option<string?> _userName = new("--user-name")
    {
        Description = "The name to authenticate with, where it is not the user part of the address.",
        HelpName = "name",
    };

    private readonly Option<string?> _passwordFile = new("--password-file")
    {
        Description = $"A file whose first line is the password. Without it the variable {PasswordSource.Variable} is used, "
            + "and without that you are asked. There is no --password: other users could read it in the list of processes.",
        HelpName = "file",
        CustomParser = FileNameParser.Parse,
    };

    private readonly Option<bool> _trace = new("--trace") { Description = "Show every SIP message as a line on the error stream." };

    /// <summary>Makes the options.</summary>
    /// <param name="addressName">What the address is called: <c>--from</c>, <c>--as</c>.</param>
    /// <param name="isOptional">Whether the command has something to do where nobody signs in.</param>
    public AccountOptions(string addressName, bool isOptional = false) => _address = new Option<string?>(addressName)
    {
        Description = "Who signs in, as sip:alice@example.com.",
        HelpName = "address",
        Required = !isOptional,
    };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        Option[] others = [_server, _transport, _userName, _passwordFile, _trace];
        foreach (var option in (Option[])[_address, .. others])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            // Where nobody need sign in, what would be said of the sign-in must not be passed over as if it had been tried.
            if (!_address.Required && result.GetResult(_address) is null && others.FirstOrDefault(result.IsGiven) is { } alone)
            {
                result.AddError($"{alone.Name} needs {_address.Name}, which says who signs in.");
            }
        });
    }

    /// <summary>Reads who signs in, asking for the password where it must be asked for.</summary>
    /// <param name="result">The parsed command line.</param>
    /// <param name="context">The surroundings.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public async Task<ImAccountSettings> ReadAsync(ParseResult result, CliContext context, CancellationToken cancellationToken)
    {
        var address = result.GetRequiredValue(_address)!;
        return new ImAccountSettings
        {
            Address = address,
            UserName = result.GetValue(_userName),
            Server = result.GetValue(_server),
            Transport = result.GetValue(_transport),
            Password = await PasswordSource.ReadAsync(result.GetValue(_passwordFile), address, context, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>Reads who signs in, for a command that can do without.</summary>
    /// <param name="result">The parsed command line.</param>
    /// <param name="context">The surroundings.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <returns>Null where nobody was named.</returns>
    public async Task<ImAccountSettings?> ReadIfGivenAsync(ParseResult result, CliContext context, CancellationToken cancellationToken) =>
        result.GetValue(_address) is null ? null : await ReadAsync(result, context, cancellationToken).ConfigureAwait(false);

    /// <summary>Whether the SIP ladder is wanted.</summary>
    /// <param name="result">The parsed command line.</param>
    public bool WantsTrace(ParseResult result) => result.GetValue(_trace);
}
