using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using ComIm.TestKit;

namespace ComIm.Server.Tests.Storage;

/// <summary><c>comim serve</c> as a process of its own, which can be killed.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private readonly GuardedProcess _process;
    private bool _isKilled;

    private ServerProcess(GuardedProcess process, IPEndPoint endPoint)
    {
        _process = process;
        EndPoint = endPoint;
    }

    public IPEndPoint EndPoint { get; }

    public static async Task<ServerProcess> StartAsync(string store, int port = 0)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "comim.dll");

        // One writes all of it: a whole mailbox is hers.
        var configuration = JsonSerializer.Serialize(new
        {
            listen = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"),
            store,
            users = new { alice = "secret-alice", bob = "secret-bob" },
            limits = new { storedMessagesPerSender = 2000 },
        });
        await File.WriteAllTextAsync(store + ".json", configuration);
        var process = GuardedProcess.Start("dotnet", [program, "serve", "--config", store + ".json"]);
        var match = await process.UntilOutputAsync(Listening()).WaitAsync(TestDomain.Guard);
        return new ServerProcess(process, IPEndPoint.Parse(match.Groups[1].Value));
    }

    /// <summary>SIGKILL, to the process and all that belongs to it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Interlocked.Exchange(ref _isKilled, true))
        {
            await _process.DisposeAsync();
        }
    }

    [GeneratedRegex(@"Serving \S+ on (\S+) over")]
    private static partial Regex Listening();
}
