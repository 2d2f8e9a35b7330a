using ComIm.Cli.Terminal;

namespace ComIm.Cli.Tests;

/// <summary>One command line run in this process, with everything it touches in the test's hands.</summary>
internal sealed class CliRun : IDisposable
{
    /// <summary>No test waits this long unless something hangs.</summary>
    public static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stop = new();

    private CliRun(string[] args, TextReader input, string? password, Func<string, string>? ask)
    {
        var context = new CliContext
        {
            Out = Out,
            Error = Error,
            In = input,
            GetVariable = name => name == "COMIM_PASSWORD" ? password : null,
            AskPassword = ask,
        };
        Running = CommandLine.RunAsync(args, context, _stop.Token).WaitAsync(HangGuard);
    }

    public LineWriter Out { get; } = new();

    public LineWriter Error { get; } = new();

    private Task<int> Running { get; }

    /// <summary>Starts a command that goes on by itself.</summary>
    public static CliRun Start(string[] args, string input = "", string? password = null, Func<string, string>? ask = null) =>
        new(args, new StringReader(input), password, ask);

    /// <summary>Starts a command that reads what has still to be written.</summary>
    public static CliRun Start(string[] args, TextReader input, string? password) => new(args, input, password, ask: null);

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, string Out, string Error)> RunAsync(
        string[] args, string input = "", string? password = null, Func<string, string>? ask = null)
    {
        using var cli = Start(args, input, password, ask);
        var exitCode = await cli.EndAsync();
        return (exitCode, cli.Out.ToString(), cli.Error.ToString());
    }

    /// <summary>Does what Ctrl+C does.</summary>
    public async Task<int> StopAsync()
    {
        await _stop.CancelAsync();
        return await Running;
    }

    public Task<int> EndAsync() => Running;

    public void Dispose() => _stop.Dispose();
}
