using System.Net;
using System.Net.Sockets;

namespace ComIm.Com.Tests.Wine.Failures;

/// <summary>One run of failures.cpp for all tests of its cases.</summary>
public sealed class FailureRun(WinePrefix wine) : IAsyncLifetime
{
    private readonly Dictionary<string, FailureCase> _cases = [];
    private string _output = "";

    /// <summary>The names of the cases that were seen, in their order.</summary>
    public IReadOnlyCollection<string> Names => _cases.Keys;

    public async Task InitializeAsync()
    {
        if (!WinePrefix.IsComplete)
        {
            return;
        }

        await wine.RegisterAsync("--uccapi");
        try
        {
            _output = await RunAsync();
        }
        finally
        {
            await wine.RegisterAsync();
        }

        foreach (var parts in _output.Split('\n', StringSplitOptions.TrimEntries).Select(line => line.Split('|')).Where(parts => parts.Length == 4))
        {
            _cases.Add(parts[0], new FailureCase(parts[1], parts[2].Trim(), parts[3]));
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>What happened in a case.</summary>
    internal FailureCase Of(string name) => _cases.TryGetValue(name, out var found) ? found : throw new KeyNotFoundException($"'{name}' is not in: {_output}");

    private async Task<string> RunAsync()
    {
        var program = await UccClient.CompileAsync(wine, "failures.cpp");
        await using var peers = await FailurePeers.StartAsync();
        await using var silentDevice = await peers.AddSilentAsync();
        await using var bob = await ScriptedBob.SignInAsync(peers.EndPoint);
        await using var doomed = await FailurePeers.StartServerAsync(TimeProvider.System);
        await using var doomedBob = await ScriptedBob.SignInAsync(doomed.LocalEndPoint);
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var unused = new DeadPort();
        var signal = Path.Combine(wine.Folder, "server-lost");
        var run = wine.RunMarkedAsync(
            "failures",
            [WinePrefix.ToWindows(program), peers.EndPoint.ToString(), doomed.LocalEndPoint.ToString(), silent.LocalEndpoint.ToString()!,
                unused.Address, WinePrefix.ToWindows(signal)]);
        if (await Task.WhenAny(run, doomedBob.Farewell) != run)
        {
            await doomed.DisposeAsync();
            await File.WriteAllTextAsync(signal, "");
        }

        return await run;
    }
}
