using ComIm.TestKit;

namespace ComIm.Com.Tests.Wine;

/// <summary>Failures of the UCC API as a script sees them: a number and a sentence in Err, or in the event that ends an operation.</summary>
[Collection(WineCollection.Name)]
public sealed class UccErrorTests(WinePrefix wine)
{
    private static readonly Dictionary<string, string> Numbers = new()
    {
        ["before Initialize"] = "80EE0025",
        ["an empty name"] = "80070057",
        ["Initialize twice"] = "80EE0026",
        ["a bad URI"] = "80EE0012",
        ["a bad telephone number"] = "80EE008C",
        ["a bad property"] = "80020005",
        ["the wrong view"] = "80020005",
        ["no such property"] = "80EE0058",
        ["an operation without Initialize"] = "80EE0061",
        ["no server"] = "80EE0034",
        ["a bad transport"] = "80EE0037",
        ["a bad mode"] = "80EE0038",
        ["wrong password"] = "80EF0191",
        ["Enable after a failure"] = "80EE006D",
        ["nobody listening"] = "80EE0067",
        ["unknown server"] = "80EE0066",
        ["a session without an endpoint"] = "80EE006D",
        ["no participant"] = "80070057",
        ["unknown user"] = "80EF0194",
        ["after Terminate"] = "80EE002A",
        ["not signed in"] = "80EF01E0",
        ["after Disable"] = "80EE006D",
        ["after Shutdown"] = "80EE0027",
    };

    [SkippableFact]
    public async Task Every_failure_has_its_number_and_a_sentence_in_VBScript()
    {
        WinePrefix.Demand();
        await using var server = await TestServer.StartAsync();
        using var unused = new DeadPort();
        var output = await wine.RunScriptAsync(ChatTests.Script("ucc-errors.vbs"), server.Address, unused.Address);
        var seen = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split('|')).Where(parts => parts.Length == 4).ToDictionary(parts => parts[0]);
        foreach (var (name, number) in Numbers)
        {
            Assert.Equal((name, number), (name, seen[name][1]));
            Assert.True(seen[name][3].Length > 0, name + " has no sentence");
            Assert.DoesNotContain("secret", seen[name][3], StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal(Numbers.Keys.Append("no such member").Order(StringComparer.Ordinal), seen.Keys.Order(StringComparer.Ordinal));
    }
}
