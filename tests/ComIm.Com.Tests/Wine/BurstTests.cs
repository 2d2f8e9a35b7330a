using System.Globalization;

namespace ComIm.Com.Tests.Wine;

/// <summary>An application that is busy, and sinks that misbehave beside it.</summary>
[Collection(WineCollection.Name)]
public sealed class BurstTests(WinePrefix wine)
{
    private const int Count = 1000;

    [SkippableFact]
    public async Task An_application_that_does_not_pump_gets_all_in_order_afterwards_whatever_other_sinks_do()
    {
        WinePrefix.Demand();
        await wine.RegisterAsync("--uccapi");
        try
        {
            await using var peer = new BurstPeer();
            var program = await UccClient.CompileAsync(wine, "burst.cpp");
            var signal = Path.Combine(wine.Folder, "go-burst");
            var run = wine.RunMarkedAsync(
                "burst",
                [WinePrefix.ToWindows(program), peer.EndPoint.ToString(), "alice@example.com", "secret", Count.ToString(CultureInfo.InvariantCulture), WinePrefix.ToWindows(signal)]);
            var calling = peer.CallAsync();
            if (await Task.WhenAny(run, calling) == run)
            {
                await run;
            }

            // Each is answered though nobody pumps and one sink hangs.
            var answers = await BurstPeer.SendAsync(await calling, Count);
            Assert.All(answers, status => Assert.Equal(200, status));
            await File.WriteAllTextAsync(signal, "");
            var output = await run;
            ProgramOutput.AssertNothingWrong(output);
            Assert.Contains("events while idle: 0", output, StringComparison.Ordinal);
            Assert.Contains("the sink of another process is advised, and its process is gone", output, StringComparison.Ordinal);
            Assert.Contains($"the throwing one: {Count}, the hanging one: 1, the dead one: 0", output, StringComparison.Ordinal);
        }
        finally
        {
            await wine.RegisterAsync();
        }
    }
}
