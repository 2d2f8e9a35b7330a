using System.Net;
using System.Text.RegularExpressions;

namespace ComIm.TestKit;

/// <summary>
/// A real name server (NSD) on 127.0.0.1, UDP and TCP at one port, with one zone: example.com. It answers when
/// <see cref="StartAsync"/> returns, and nothing of it is left when it is disposed.
/// </summary>
public sealed partial class NameServer : IAsyncDisposable
{
    private const int Attempts = 5;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly GuardedProcess _process;
    private readonly string _folder;

    private NameServer(GuardedProcess process, string folder, int port)
    {
        _process = process;
        _folder = folder;
        EndPoint = new IPEndPoint(IPAddress.Loopback, port);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>What it logged so far; print it when a test fails.</summary>
    public string Log => _process.Output;

    /// <summary>Whether NSD is on this machine: <c>Skip.IfNot(NameServer.IsInstalled(out var reason), reason);</c>.</summary>
    public static bool IsInstalled(out string reason) => Requires.Tool("nsd", out reason);

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <param name="records">The zone's records, as in a zone file, without SOA and NS.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<NameServer> StartAsync(string records, CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            var server = Launch(records, FreePort.UdpAndTcp());
            try
            {
                await server._process.UntilOutputAsync(Started(), cancellationToken)
                    .WaitAsync(StartLimit, cancellationToken).ConfigureAwait(false);
                return server;
            }
            catch (Exception e)
            {
                await server.DisposeAsync().ConfigureAwait(false);
                if (attempt < Attempts && server.Log.Contains("Address already in use", StringComparison.Ordinal))
                {
                    continue;
                }

                throw new InvalidOperationException($"NSD did not start:\n{server.Log}", e);
            }
        }
    }

    /// <summary>Kills it, all its processes included.</summary>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync().ConfigureAwait(false);
        Directory.Delete(_folder, recursive: true);
    }

    private static NameServer Launch(string records, int port)
    {
        var binary = Requires.Find("nsd") ?? throw new InvalidOperationException("NSD is not installed.");
        var folder = Directory.CreateTempSubdirectory("comim-nsd-").FullName;
        File.WriteAllText(Path.Combine(folder, "example.com.zone"), ZoneOf(records));
        var config = Path.Combine(folder, "nsd.conf");
        File.WriteAllText(config, ConfigOf(folder, port));

        // -d: no daemon; -V 1: it says when it has started.
        return new NameServer(GuardedProcess.Start(binary, ["-d", "-V", "1", "-c", config], folder), folder, port);
    }

    // Negative answers may be remembered for the last number of SOA, a minute (RFC 2308).
    private static string ZoneOf(string records) => $"""
        $ORIGIN example.com.
        $TTL 300
        @ SOA ns alice 1 3600 600 86400 60
        @ NS ns
        ns A 127.0.0.1
        {records}

        """;

    private static string ConfigOf(string folder, int port) => $"""
        server:
          ip-address: 127.0.0.1@{port}
          username: ""
          database: ""
          pidfile: ""
          zonesdir: "{folder}"
          xfrdir: "{folder}"
          xfrdfile: "{folder}/xfrd.state"
          zonelistfile: "{folder}/zone.list"
          server-count: 1
        remote-control:
          control-enable: no
        zone:
          name: example.com
          zonefile: example.com.zone

        """;

    [GeneratedRegex("nsd started")]
    private static partial Regex Started();
}
