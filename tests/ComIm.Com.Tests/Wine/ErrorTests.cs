namespace ComIm.Com.Tests.Wine;

/// <summary>Each failure has a number and a sentence of its own in a script's Err object.</summary>
[Collection(WineCollection.Name)]
public sealed class ErrorTests(WinePrefix wine)
{
    [SkippableFact]
    public async Task Every_failure_is_told_apart_in_VBScript()
    {
        WinePrefix.Demand();
        await using var server = await ChatServer.StartAsync();
        var errors = await RunAsync(wine, server);

        Assert.Equal(("80EF0191", true), (errors["wrong password"].Number, Has(errors["wrong password"], "password")));
        Assert.Equal(("80EE0066", true), (errors["unknown server"].Number, Has(errors["unknown server"], "nosuch.invalid")));
        Assert.Equal("80EE0067", errors["nobody listening"].Number);
        Assert.Equal(("80EF0194", true), (errors["unknown callee"].Number, Has(errors["unknown callee"], "nobody@")));
        Assert.Equal("80EE0012", errors["bad address"].Number);
        Assert.Equal(("80EE006D", true), (errors["not signed in"].Number, Has(errors["not signed in"], "SignIn")));
        Assert.Equal(errors.Count, errors.Values.Select(e => e.Description).Distinct().Count());
        Assert.All(errors.Values, e => Assert.DoesNotContain("secret", e.Description, StringComparison.OrdinalIgnoreCase));
        Assert.All(errors.Values, e => Assert.Equal("ComIm", e.Source));
    }

    /// <summary>Runs the failing script against any server.</summary>
    internal static async Task<IReadOnlyDictionary<string, ScriptError>> RunAsync(WinePrefix wine, ChatServer server)
    {
        using var unused = new DeadPort();
        var output = await wine.RunScriptAsync(
            ChatTests.Script("errors.vbs"), server.Address, server.Domain, server.AlicePassword, unused.Address);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split('|'))
            .Where(parts => parts.Length == 4)
            .ToDictionary(parts => parts[0], parts => new ScriptError(parts[1], parts[2], parts[3]));
    }

    private static bool Has(ScriptError error, string text) => error.Description.Contains(text, StringComparison.OrdinalIgnoreCase);

    internal sealed record ScriptError(string Number, string Source, string Description);
}
