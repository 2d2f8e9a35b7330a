using ComIm.Client;
using ComIm.Com.Tests.UccApi;
using ComIm.TestKit;

namespace ComIm.Com.Tests.Wine;

/// <summary>
/// What an application of the original uses besides sessions of text and presence, in C++ against the original's interfaces; and that
/// no interface of that tier is left out.
/// </summary>
[Collection(WineCollection.Name)]
public sealed class ExpectedServiceTests(WinePrefix wine) : IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        if (WinePrefix.IsComplete)
        {
            await wine.RegisterAsync("--uccapi");
        }
    }

    public async Task DisposeAsync()
    {
        if (WinePrefix.IsComplete)
        {
            await wine.RegisterAsync();
        }
    }

    [SkippableFact]
    public async Task Every_interface_is_used_from_outside()
    {
        WinePrefix.Demand();
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var output in (string[])[await UseServicesAsync(), await UseConferencesAsync()])
        {
            Assert.False(output.Contains("wrong", StringComparison.Ordinal), output);
            used.UnionWith(output.Split('\n', StringSplitOptions.TrimEntries).Where(l => l.StartsWith("used: ", StringComparison.Ordinal)).Select(l => l[6..]));
        }

        var listed = await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "tests", "ComIm.Com.Tests", "Data", "expected-services.txt"));
        var expected = listed.Where(line => !line.StartsWith('#')).ToList();
        Assert.All(expected, name => Assert.NotNull(Data.Contract.Find(name)));
        Assert.Empty(expected.Except(used));
    }

    [SkippableTheory]
    [InlineData("ucc-expected.vbs")]
    [InlineData("ucc-expected.js")]
    public async Task A_script_uses_them_late_bound(string script)
    {
        WinePrefix.Demand();
        var output = await WithBobAsync(
            bob => bob.PlayScript(), (server, refusing) => wine.RunScriptAsync(ChatTests.Script(script), server, refusing));
        Assert.False(output.Contains("wrong", StringComparison.Ordinal), output);
    }

    private Task<string> UseServicesAsync() =>
        WithBobAsync(bob => bob.Play(), (server, refusing) => RunAsync("ucc-services", server, refusing));

    private static async Task<string> WithBobAsync(Action<ApplicationBob> play, Func<string, string, Task<string>> run)
    {
        await using var server = await TestServer.StartAsync();
        await using var refusing = new RefusingServer();
        var bob = new ApplicationBob(server.Address);
        var program = run(server.Address, refusing.Address);
        var played = Task.Run(() => play(bob));

        var both = Task.WhenAll(program, played);
        await ((Task)both).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return both.Exception == null ? await program : throw both.Exception;
    }

    private async Task<string> UseConferencesAsync()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var bob = await client.SignInAsync(server.SettingsOf("bob"));
        bob.MessageReceived += (_, e) => _ = e.Conversation.SendAsync("You said: " + e.Message.Text);
        return await RunAsync("ucc-conference", server.Address);
    }

    private async Task<string> RunAsync(string name, params string[] arguments) =>
        await wine.RunMarkedAsync(name, [WinePrefix.ToWindows(await UccClient.CompileAsync(wine, name + ".cpp")), .. arguments]);
}
