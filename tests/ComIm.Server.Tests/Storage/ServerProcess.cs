using System.Globalization;
using System.Net;
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
        string[] users = [.. new[] { "alice", "bob" }.SelectMany(u => new[] { "--user", $"{u}:secret-{u}" })];
        var process = GuardedProcess.Start(
            "dotnet", [program, "serve", "--listen", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"), "--store", store, .. users]);
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
