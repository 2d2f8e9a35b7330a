namespace ComIm.Com.Tests.Wine;

/// <summary>In a client's process the platform is one, however often its class is created.</summary>
[Collection(WineCollection.Name)]
public sealed class OnePlatformTests(WinePrefix wine)
{
    [SkippableFact]
    public async Task Class_created_again_gives_the_same_platform_until_its_end()
    {
        WinePrefix.Demand();
        var output = await wine.RunScriptAsync(ChatTests.Script("one-platform.vbs"));
        Assert.Contains("second: 80EE0026", output, StringComparison.Ordinal);
        Assert.Contains("endpoint: here", output, StringComparison.Ordinal);
        Assert.Contains("tracing: True", output, StringComparison.Ordinal);
        Assert.Contains("shut down: 80EE0027", output, StringComparison.Ordinal);
        Assert.Contains("third: 0", output, StringComparison.Ordinal);
    }
}
