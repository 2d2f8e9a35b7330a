namespace ComIm.Com.Tests.Wine;

/// <summary>The samples, as their users run them.</summary>
[Collection(WineCollection.Name)]
public sealed class ChatTests(WinePrefix wine)
{
    [SkippableTheory]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task VBScript_exchanges_messages(string transport)
    {
        WinePrefix.Demand();
        await using var server = await ChatServer.StartAsync();
        await RunVBScriptAsync(wine, server, transport);
    }

    [SkippableFact]
    public async Task JScript_receives_the_event_through_the_connection_point()
    {
        WinePrefix.Demand();
        await using var server = await ChatServer.StartAsync();
        var output = await wine.RunScriptAsync(
            Sample("jscript", "chat.js"), server.Address, server.Alice, server.AlicePassword, server.Bob);
        Assert.Contains($"event: {server.Bob}: You said: Hello from JScript", output, StringComparison.Ordinal);
        Assert.Contains($"received: {server.Bob}: You said: Hello from JScript", output, StringComparison.Ordinal);
        Assert.Contains("event: SignedIn", output, StringComparison.Ordinal);
        Assert.Equal("Hello from JScript", server.Take());
    }

    [SkippableFact]
    public async Task Cpp_receives_the_event_through_the_connection_point()
    {
        WinePrefix.Demand();
        await using var server = await ChatServer.StartAsync();
        var program = await wine.CompileAsync(Sample("cpp", "chat.cpp"));
        var output = await wine.RunMarkedAsync(
            "chat.exe", [WinePrefix.ToWindows(program), server.Address, server.Alice, server.AlicePassword, server.Bob]);
        Assert.Contains($"event: {server.Bob}: You said: Hello from C++", output, StringComparison.Ordinal);
        Assert.Contains("sent: 200", output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Cpp_follows_a_conversation_by_callbacks_and_events()
    {
        WinePrefix.Demand();
        await using var server = await ChatServer.StartAsync();
        var program = await wine.CompileAsync(Sample("cpp", "conversation.cpp"));
        var output = await wine.RunMarkedAsync(
            "conversation.exe", [WinePrefix.ToWindows(program), server.Address, server.Alice, server.AlicePassword, server.Bob]);
        foreach (var line in (string[])["callback: Connecting", "callback: Connected", "event: Hello from C++"])
        {
            Assert.Contains(line, output, StringComparison.Ordinal);
        }

        Assert.Equal("Hello from C++", server.Take());
    }

    private const string Text = "Grüße, 世界 🎈";

    [SkippableFact]
    public async Task Two_applications_in_one_script_talk_to_each_other()
    {
        WinePrefix.Demand();
        await using var server = await ChatServer.StartAsync();
        var output = await wine.RunScriptAsync(Script("two-people.vbs"), server.Address, server.Domain, Text);
        Assert.Contains("carol received: True", output, StringComparison.Ordinal);
        Assert.Contains("facts: Date 200 Delivered True", output, StringComparison.Ordinal);
        Assert.Contains("bob answered: True", output, StringComparison.Ordinal);
        Assert.Equal(Text, server.Take());
    }

    /// <summary>The script against any server; a test with another server calls this.</summary>
    internal static async Task RunVBScriptAsync(WinePrefix wine, ChatServer server, string transport)
    {
        var output = await wine.RunScriptAsync(
            Sample("vbscript", "chat.vbs"), server.Address, server.Alice, server.AlicePassword, server.Bob, transport);
        Assert.Contains($"signed in: {server.Alice} (SignedIn)", output, StringComparison.Ordinal);
        Assert.Contains("sent: Hello from VBScript (200 Delivered)", output, StringComparison.Ordinal);
        Assert.Contains($"received: {server.Bob}: You said: Hello from VBScript", output, StringComparison.Ordinal);
        Assert.Contains($"event: message from {server.Bob}", output, StringComparison.Ordinal);
        Assert.Equal("Hello from VBScript", server.Take());
        Assert.Equal("Thank you", server.Take());
    }

    internal static string Sample(string folder, string file) => Path.Combine(Repository.Root, "src", "Samples", folder, file);

    internal static string Script(string file) =>
        Path.Combine(Repository.Root, "tests", "ComIm.Com.Tests", "Wine", "Scripts", file);
}
