using System.Globalization;
using ComIm.Com.Automation.Observables;

namespace ComIm.Com.Tests.Wine;

/// <summary>Callbacks of hosts that have died, never pump or hang harm only themselves.</summary>
[Collection(WineCollection.Name)]
public sealed class CallbackTests(WinePrefix wine)
{
    private const int Changes = 5000;

    [SkippableFact]
    public async Task Hosts_that_misbehave_keep_nobody_else_from_hearing_all()
    {
        WinePrefix.Demand();
        await using var server = await ChatServer.StartAsync();
        var program = await wine.CompileAsync(ChatTests.Script("callbacks.cpp"));
        var output = await wine.RunMarkedAsync(
            "callbacks.exe", [WinePrefix.ToWindows(program), server.Address, server.Alice, server.AlicePassword, server.Bob]);

        // One call for the value that is there, and one for each change.
        Assert.Contains(Line("good", Changes + 1, isActive: true, dropped: 0), output, StringComparison.Ordinal);
        Assert.Contains("references of the good one after Dispose: 1", output, StringComparison.Ordinal);

        // Its thread ended before it pumped; what waited was let go of.
        Assert.Contains(Line("dead", 0, isActive: false, dropped: 0), output, StringComparison.Ordinal);
        Assert.Contains(Line("idle", 0, isActive: true, dropped: Changes + 1 - Listener.Capacity), output, StringComparison.Ordinal);
        Assert.Contains($"hung: calls 1, active 1, dropped {Changes - Listener.Capacity}", output, StringComparison.Ordinal);
    }

    private static string Line(string name, int calls, bool isActive, int dropped) => string.Create(
        CultureInfo.InvariantCulture, $"{name}: calls {calls}, active {(isActive ? 1 : 0)}, dropped {dropped}, on its thread 1");
}
