namespace ComIm.Com.Tests.Wine;

/// <summary>What the registration leaves in a registry that COM itself reads.</summary>
[Collection(WineCollection.Name)]
public sealed class WineRegistrationTests(WinePrefix wine)
{
    // Wine registers stdole2.tlb afresh, and with it these, when a library that imports it is first loaded: no doing of ours.
    private static readonly string[] StdOle =
    [
        "{00020430-0000-0000-C000-000000000046}", // the library
        "{4EF6100A-AF88-11D0-9846-00C04FC29993}", // FontEvents
        "{7BF80981-BF32-101A-8BBB-00AA00300CAB}", // IPictureDisp
        "{BEF6E003-A874-101A-8BBA-00AA00300CAB}", // IFontDisp
    ];

    [SkippableFact]
    public async Task Unregistering_leaves_nothing_behind()
    {
        WinePrefix.Demand();
        Assert.Contains("ComIm.Application", await wine.ReadClassesAsync(), StringComparison.Ordinal);
        await wine.UnregisterAsync();
        try
        {
            var differences = string.Join('\n', Differences(wine.ClassesBefore, await wine.ReadClassesAsync()));
            Assert.True(differences.Length == 0, differences);
        }
        finally
        {
            await wine.RegisterAsync();
        }
    }

    /// <summary>The lines that are in one of two exports alone, each with the key it stands under.</summary>
    private static IEnumerable<string> Differences(string before, string after)
    {
        var (was, now) = (LinesWithKeys(before), LinesWithKeys(after));
        return was.Except(now).Select(l => "gone: " + l).Concat(now.Except(was).Select(l => "left: " + l))
            .Where(l => !StdOle.Any(id => l.Contains(id, StringComparison.OrdinalIgnoreCase)));
    }

    private static List<string> LinesWithKeys(string export)
    {
        var (key, lines) = ("", new List<string>());
        foreach (var line in export.Split("\r\n"))
        {
            key = line.StartsWith('[') ? line : key;
            lines.Add(key + " " + line);
        }

        return lines;
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
