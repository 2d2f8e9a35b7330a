using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using ComIm.Cli.Options;
using ComIm.Cli.Terminal;
using ComIm.Server;

namespace ComIm.Cli.Commands;

/// <summary><c>comim serve</c>: the embedded server until Ctrl+C or SIGTERM.</summary>
internal static class ServeCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="context">The surroundings.</param>
    public static Command Create(CliContext context)
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
        var users = new UserOptions();
        var command = new Command("serve", "Run a small SIP server on this machine until Ctrl+C.") { domain, listen };
        users.AddTo(command);
        command.SetGuardedAction(context, (result, cancellationToken) => RunAsync(
            new ImServerOptions
            {
                Domain = result.GetRequiredValue(domain),
                EndPoint = ListenAddress.Parse(result.GetRequiredValue(listen)),
                Users = users.Read(result),
                TimeProvider = context.TimeProvider,
            },
            context,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ImServerOptions options, CliContext context, CancellationToken cancellationToken)
    {
        var server = await StartAsync(options, cancellationToken).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            await context.Out.WriteLineAsync(
                $"Serving {server.Domain} on {server.LocalEndPoint} over UDP and TCP. Ctrl+C stops it.").ConfigureAwait(false);
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
    }

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
