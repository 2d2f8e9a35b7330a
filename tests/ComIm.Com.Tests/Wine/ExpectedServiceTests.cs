using ComIm.Client;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
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
    public async Task Every_interface_is_used_and_every_class_is_reached_from_outside()
    {
        WinePrefix.Demand();
        string[] outputs = [await UseServicesAsync(), await UseConferencesAsync(), await ReachClassesAsync()];
        Assert.All(outputs, output => ProgramOutput.AssertNothingWrong(output));

        var used = Marked(outputs, "used: ");
        var expected = ReadList("expected-services.txt");
        Assert.All(expected, name => Assert.NotNull(Data.Contract.Find(name)));
        Assert.Empty(expected.Except(used));

        var unreached = ReadList("unreached-classes.txt").Select(line => line.Split(' ')[0]).ToList();
        var names = Data.Contract.Coclasses.Select(c => c.Name).ToList();
        Assert.Empty(unreached.Except(names));
        Assert.Equal(names.Except(unreached).Order(StringComparer.Ordinal), Marked(outputs, "class: ").Except(unreached).Order(StringComparer.Ordinal));
    }

    [SkippableTheory]
    [InlineData("ucc-expected.vbs")]
    [InlineData("ucc-expected.js")]
    public async Task A_script_uses_them_late_bound(string script)
    {
        WinePrefix.Demand();
        var output = await WithBobAsync(
            bob => bob.PlayScript(), (server, refusing) => wine.RunScriptAsync(ChatTests.Script(script), server, refusing));
        ProgramOutput.AssertNothingWrong(output);
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

    private async Task<string> ReachClassesAsync()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var bob = await client.SignInAsync(server.SettingsOf("bob") with { MessagingMode = MessagingMode.Session });
        bob.MessageReceived += (_, e) => _ = AnswerAsync(e.Conversation);
        return await RunAsync("ucc-classes", server.Address);

        static async Task AnswerAsync(Conversation alice)
        {
            await alice.SendTypingAsync();
            await alice.SendAsync("hello");
        }
    }

    private static HashSet<string> Marked(IEnumerable<string> outputs, string mark) =>
    [
        .. outputs.SelectMany(o => o.Split('\n', StringSplitOptions.TrimEntries)).Where(l => l.StartsWith(mark, StringComparison.Ordinal)).Select(l => l[mark.Length..]),
    ];

    private static List<string> ReadList(string file) => [.. File.ReadLines(Path.Combine(Data.Folder, file)).Where(line => !line.StartsWith('#'))];
}
