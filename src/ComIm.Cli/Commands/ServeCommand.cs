using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using ComIm.Cli.Options;
using ComIm.Cli.Terminal;
using ComIm.Server;
using ComIm.Server.Configuration;
using ComIm.Server.Storage;

namespace ComIm.Cli.Commands;

/// <summary><c>comim serve</c>: the embedded server until Ctrl+C or SIGTERM.</summary>
internal static class ServeCommand
{
    private const string Summary =
        "Run a small SIP server on this machine until Ctrl+C: registrar, proxy, presence, conferences, and with --store messages for who is away.";

    private const string Explanation = $$"""
        {{Summary}}

        A configuration file is JSON; only "users" or "usersFile" is needed. Paths are relative to it.
          {
            "domain": "example.com",               // whose users it serves
            "listen": "127.0.0.1:5060",            // UDP and TCP
            "tls": { "certificate": "server.pem", "key": "server.key", "port": 5061 },
            "users": { "alice": "password" },      // and more from a file, name:password a line:
            "usersFile": "users.txt",
            "store": "messages.db",                // SQLite; without it a message to a user who is away is answered 480
            "watchers": { "alice": { "default": true, "allow": [], "block": ["bob"] } },   // who sees whose presence
            "conferences": { "factory": "conference-factory", "rooms": 1000, "roomsPerUser": 50, "participants": 100,
                             "messageBytes": 131072, "waitingBytes": 4194304,
                             "history": 0, "historyBytes": 1048576,    // history: messages kept for who comes late
                             "totalHistoryBytes": 67108864 },          // of all rooms
            "limits": { "pending": 50000, "pendingPerSource": 10000, "pendingPerUser": 1000, "registrations": 100000,
                        "storedMessages": 100000, "storedMessagesPerUser": 2000,
                        "storedMessagesPerSender": 500,        // of one sender to one user; a quarter where it is not named
                        "storedMessageBytes": 65536, "storedMessageDays": 30, "healthSeconds": 60 }
          }
        """;

    /// <summary>Makes the command.</summary>
    /// <param name="context">The surroundings.</param>
    /// <param name="isExplained">Whether the configuration file is explained, too, which is too long for the list of commands.</param>
    public static Command Create(CliContext context, bool isExplained)
    {
        var domain = new Option<string>("--domain")
        {
            Description = "The domain whose users it serves.",
            DefaultValueFactory = _ => "example.com",
        };
        var listen = new Option<string>("--listen")
        {
            Description = "Where it listens, over UDP and TCP; port 0 takes a free one.",
            HelpName = "address:port",
            DefaultValueFactory = _ => "127.0.0.1:5060",
        };
        var store = new Option<string?>("--store")
        {
            Description = "The file in which messages for users who are away are kept; it is made where it is missing.",
            HelpName = "file",
            CustomParser = FileNameParser.Parse,
        };
        var config = new Option<string?>("--config")
        {
            Description = "A configuration file instead of the options above.",
            HelpName = "file",
            CustomParser = FileNameParser.Parse,
        };
        var log = new Option<bool>("--log") { Description = "Write what happens to standard error, and once a minute how the server is." };
        var users = new UserOptions();
        var command = new Command("serve", isExplained ? Explanation : Summary) { domain, listen, store };
        users.AddTo(command);
        command.Options.Add(config);
        command.Options.Add(log);
        command.SetGuardedAction(context, (result, cancellationToken) =>
        {
            var file = result.GetValue(config);
            Option[] others = [domain, listen, store];
            if (file is not null && (others.Any(result.CommandResult.IsGiven) || users.AreGiven(result)))
            {
                throw CliException.Usage("With --config the other options stand in the file; only --log goes with it.");
            }

            var options = file is not null ? ReadConfiguration(file) : new ImServerOptions
            {
                Domain = result.GetRequiredValue(domain),
                EndPoint = ListenAddress.Parse(result.GetRequiredValue(listen)),
                Users = users.Read(result),
                Store = result.GetValue(store) is { } path ? new MessageStoreOptions { Path = path } : null,
            };
            return RunAsync(
                options with
                {
                    TimeProvider = context.TimeProvider,
                    LoggerFactory = result.GetValue(log) ? new LineLoggerFactory(context.Error, context.TimeProvider) : options.LoggerFactory,
                },
                context,
                cancellationToken);
        });
        return command;
    }

    private static ImServerOptions ReadConfiguration(string file)
    {
        try
        {
            return ServerConfiguration.Read(file);
        }
        catch (Exception e) when (e is FormatException or IOException)
        {
            throw new CliException($"The configuration file {file} cannot be used: {e.Message} 'comim serve --help' explains it.", ExitCode.Usage, e);
        }
    }

    private static async Task<int> RunAsync(ImServerOptions options, CliContext context, CancellationToken cancellationToken)
    {
        var server = await StartAsync(options, cancellationToken).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            await context.Out.WriteLineAsync(
                $"Serving {server.Domain} on {server.LocalEndPoint} over UDP and TCP{Tls(server)}. Ctrl+C stops it.").ConfigureAwait(false);
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, context.TimeProvider, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The only way to end it, so no failure.
            }
        }

        return ExitCode.Success;
    }

    private static async Task<ImServer> StartAsync(ImServerOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await ImServer.StartAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            throw new CliException(Explain(e, options.EndPoint), inner: e);
        }
        catch (IOException e)
        {
            throw new CliException(e.Message, inner: e);
        }
    }

    private static string Tls(ImServer server) => server.TlsEndPoint is { } tls ? $", on {tls} over TLS" : "";

    private static string Explain(SocketException e, IPEndPoint endPoint) => e.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse =>
            $"Port {endPoint.Port} of {endPoint.Address} is taken: stop the program that holds it, or choose another port with --listen.",
        SocketError.AccessDenied =>
            $"Port {endPoint.Port} of {endPoint.Address} may not be used by you: choose one above 1023 with --listen.",
        SocketError.AddressNotAvailable =>
            $"{endPoint.Address} is not an address of this machine: choose another with --listen.",
        _ => $"It cannot listen on {endPoint}: {e.Message}.",
    };
}
