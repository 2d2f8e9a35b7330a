using ComIm.Client.Messaging;

namespace ComIm.Com.Tests.Wine;

/// <summary>Sinks that misbehave, and hosts that do not pump.</summary>
[Collection(WineCollection.Name)]
public sealed class SinkTests(WinePrefix wine)
{
    [SkippableTheory]
    [InlineData("throwing-sink.vbs")]
    [InlineData("throwing-sink.js")]
    public async Task A_throwing_sink_harms_nobody(string script)
    {
        WinePrefix.Demand();
        await using var server = await ChatServer.StartAsync();
        var output = await wine.RunScriptAsync(ChatTests.Script(script), server.Address, server.Alice, server.AlicePassword, server.Bob);
        Assert.Contains("thrown 1", output, StringComparison.Ordinal);
        Assert.Contains("received You said: one", output, StringComparison.Ordinal);
        Assert.Contains("received You said: two", output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_function_is_a_sink_too()
    {
        WinePrefix.Demand();
        await using var server = await ChatServer.StartAsync();
        var output = await wine.RunScriptAsync(
            ChatTests.Script("function-sink.js"), server.Address, server.Alice, server.AlicePassword, server.Bob);
        Assert.Contains("called with You said: one", output, StringComparison.Ordinal);
        Assert.Contains("calls 1", output, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("sta")]
    [InlineData("mta")]
    public async Task A_host_that_never_pumps_does_not_block_its_peers(string apartment)
    {
        WinePrefix.Demand();
        await using var server = await ChatServer.StartAsync(answer: false);
        var program = await wine.CompileAsync(ChatTests.Script("idle.cpp"));
        var signal = Path.Combine(Path.GetDirectoryName(program)!, "go-" + apartment);
        var idle = wine.RunMarkedAsync(
            "idle.exe",
            [WinePrefix.ToWindows(program), server.Address, server.Alice, server.AlicePassword, server.Bob, apartment, WinePrefix.ToWindows(signal)]);
        Assert.Equal("ready", await Task.Run(server.Take));

        // The host sleeps without a message loop now; its sink hangs where it has a thread of its own.
        for (var i = 0; i < 50; i++)
        {
            var sent = await server.Account.SendAsync(server.Alice, "message " + i);
            Assert.Equal(MessageStatus.Delivered, sent.Status);
        }

        await File.WriteAllTextAsync(signal, "");
        var output = await idle;
        Assert.Contains("some calls: yes, on the wrong thread: 0", output, StringComparison.Ordinal);
        Assert.Contains("events while idle: " + (apartment == "sta" ? "0" : "1"), output, StringComparison.Ordinal);
    }
}
