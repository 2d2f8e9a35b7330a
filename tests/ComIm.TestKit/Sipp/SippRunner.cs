using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;

namespace ComIm.TestKit;

/// <summary>Runs a SIPp scenario on 127.0.0.1: a scripted peer that is none of our code.</summary>
public sealed class SippRunner : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly GuardedProcess _process;
    private readonly SippOptions _options;
    private readonly string _folder;

    private SippRunner(GuardedProcess process, SippOptions options, int port, string folder)
    {
        _process = process;
        _options = options;
        _folder = folder;
        EndPoint = new IPEndPoint(IPAddress.Loopback, port);
    }

    /// <summary>Where it sends from and listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Runs a scenario to its end.</summary>
    public static async Task<SippResult> RunAsync(SippOptions options, CancellationToken cancellationToken = default)
    {
        await using var runner = Start(options);
        return await runner.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts a scenario, and returns when it listens.</summary>
    public static async Task<SippRunner> ListenAsync(SippOptions options, CancellationToken cancellationToken = default)
    {
        var runner = Start(options);
        try
        {
            await runner.UntilListeningAsync(cancellationToken).ConfigureAwait(false);
            return runner;
        }
        catch
        {
            await runner.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Waits for the scenario's end.</summary>
    public async Task<SippResult> CompleteAsync(CancellationToken cancellationToken = default)
    {
        // SIPp keeps its own time; this is for one that hangs.
        var code = await _process.Exited.WaitAsync(_options.Timeout + TimeSpan.FromSeconds(15), cancellationToken).ConfigureAwait(false);
        return new SippResult(code, Statistics(), Read("errors"), Read("messages"), _process.Output);
    }

    /// <summary>Ends it, if it has not ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync().ConfigureAwait(false);
        Directory.Delete(_folder, recursive: true);
    }

    private static SippRunner Start(SippOptions options)
    {
        var binary = Requires.Find("sipp") ?? throw new InvalidOperationException("SIPp is not installed.");
        var port = options.Port ?? FreePort.UdpAndTcp();
        var folder = Directory.CreateTempSubdirectory("comim-sipp-").FullName;
        string[] arguments =
        [
            "-sf", Path.GetFullPath(options.Scenario),
            "-i", "127.0.0.1", "-mi", "127.0.0.1", "-bind_local", "-p", Text(port),
            "-ci", "127.0.0.1", "-cp", Text(FreePort.Udp()),
            "-t", options.Tcp ? "t1" : "u1",
            "-m", Text(options.Calls), "-r", Text(options.CallsPerSecond),
            "-timeout", Text((int)Math.Ceiling(options.Timeout.TotalSeconds)) + "s", "-timeout_error",
            "-nostdin",
            // A burst after a pause of a busy machine must not be lost: its own buffer of 64 KiB holds some hundred messages.
            "-buff_size", "4194304",
            "-trace_stat", "-stf", Path.Combine(folder, "statistics"), "-fd", "1",
            "-trace_err", "-error_file", Path.Combine(folder, "errors"),
            "-trace_msg", "-message_file", Path.Combine(folder, "messages"),
            .. options.Arguments,
            .. options.Remote is { } remote ? [remote.ToString()] : Array.Empty<string>(),
        ];
        // Its screen wants a terminal's name even when there is none.
        var environment = new Dictionary<string, string?> { ["TERM"] = "dumb" };
        return new SippRunner(GuardedProcess.Start(binary, arguments, folder, environment), options, port, folder);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    // A probe by a packet would be the scenario's first call, so the kernel's table is asked.
    private async Task UntilListeningAsync(CancellationToken cancellationToken)
    {
        using var look = new PeriodicTimer(Look);
        while (!IsListening())
        {
            if (_process.Exited.IsCompleted)
            {
                throw new InvalidOperationException($"sipp ended before it listened.\n{_process.Output}\n{Read("errors")}");
            }

            await look.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsListening()
    {
        var table = IPGlobalProperties.GetIPGlobalProperties();
        var endPoints = _options.Tcp ? table.GetActiveTcpListeners() : table.GetActiveUdpListeners();
        return endPoints.Any(endPoint => endPoint.Port == EndPoint.Port);
    }

    private Dictionary<string, string> Statistics()
    {
        var lines = Read("statistics").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length < 2)
        {
            return [];
        }

        var values = lines[^1].Split(';');
        return lines[0].Split(';')
            .Zip(values)
            .Where(column => column.First.Length > 0)
            .GroupBy(column => column.First)
            .ToDictionary(column => column.Key, column => column.First().Second);
    }

    private string Read(string file)
    {
        var path = Path.Combine(_folder, file);
        return File.Exists(path) ? File.ReadAllText(path) : "";
    }
}
