namespace ComIm.Com.Tests.Wine;

/// <summary>What the registration leaves in a registry that COM itself reads.</summary>
[Collection(WineCollection.Name)]
public sealed class WineRegistrationTests(WinePrefix wine)
{
    [SkippableFact]
    public async Task Unregistering_leaves_nothing_behind()
    {
        WinePrefix.Demand();
        Assert.Contains("ComIm.Application", await wine.ReadClassesAsync(), StringComparison.Ordinal);
        await wine.UnregisterAsync();
        try
        {
            Assert.Equal(wine.ClassesBefore, await wine.ReadClassesAsync());
        }
        finally
        {
            await wine.RegisterAsync();
        }
    }

    [SkippableFact]
    public async Task COM_finds_the_class_the_library_and_the_events()
    {
        WinePrefix.Demand();
        var program = await wine.CompileAsync(ChatTests.Script("probe.cpp"));
        var output = await wine.RunMarkedAsync("probe.exe", [WinePrefix.ToWindows(program)]);
        Assert.DoesNotContain("wrong", output, StringComparison.Ordinal);
    }
}
