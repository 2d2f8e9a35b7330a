namespace ComIm.Com.Tests.Wine;

/// <summary>The samples of the UCC API, as their users run them.</summary>
[Collection(WineCollection.Name)]
public sealed class UccSampleTests(WinePrefix wine)
{
    [SkippableTheory]
    [InlineData("vbscript", "ucc-chat.vbs", "VBScript")]
    [InlineData("jscript", "ucc-chat.js", "JScript")]
    public async Task A_script_follows_the_documentation_of_the_UCC_API(string folder, string file, string language)
    {
        WinePrefix.Demand();
        await using var server = await ChatServer.StartAsync();
        var output = await wine.RunScriptAsync(
            ChatTests.Sample(folder, file), server.Address, server.Alice, server.AlicePassword, server.Bob);
        Assert.Contains($"signed in: {server.Alice}", output, StringComparison.Ordinal);
        Assert.Contains($"event: {server.Bob} is in the session", output, StringComparison.Ordinal);
        Assert.Contains($"received: {server.Bob}: You said: Hello from {language}", output, StringComparison.Ordinal);
        Assert.Equal($"Hello from {language}", server.Take());
    }

    [SkippableTheory]
    [InlineData("vbscript", "ucc-chat.vbs", "wrong", "bob", "80EF0191")]
    [InlineData("jscript", "ucc-chat.js", "wrong", "bob", "80EF0191")]
    [InlineData("vbscript", "ucc-chat.vbs", "secret-alice", "nobody", "80EF0194")]
    [InlineData("jscript", "ucc-chat.js", "secret-alice", "nobody", "80EF0194")]
    public async Task A_script_says_why_nothing_came_of_it(string folder, string file, string password, string peer, string code)
    {
        WinePrefix.Demand();
        await using var server = await ChatServer.StartAsync();
        string[] script = ["cscript", "//nologo", WinePrefix.ToWindows(ChatTests.Sample(folder, file))];
        string[] command = [.. script, server.Address, server.Alice, password, $"sip:{peer}@{server.Domain}"];
        var run = await wine.RunAsync(command);
        if (!run.Output.Contains(file, StringComparison.Ordinal))
        {
            await wine.CountLostAsync($"{file} (exit code {run.ExitCode}): {run.Output}");
            run = await wine.RunAsync(command);
        }

        Assert.Equal(1, run.ExitCode);
        var why = Assert.Single(run.Output.Split('\n', StringSplitOptions.TrimEntries), l => l.StartsWith(file + ": failed: ", StringComparison.Ordinal));
        Assert.Contains(code, why, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(server.Received);
    }

    [SkippableFact]
    public async Task A_cpp_program_follows_the_documentation_of_the_UCC_API()
    {
        WinePrefix.Demand();
        await wine.RegisterAsync("--uccapi");
        try
        {
            await using var server = await ChatServer.StartAsync();
            var program = await wine.CompileAsync(ChatTests.Sample("cpp", "ucc-chat.cpp"));
            var output = await wine.RunMarkedAsync(
                "ucc-chat.exe", [WinePrefix.ToWindows(program), server.Address, server.Alice, server.AlicePassword, server.Bob]);
            Assert.Contains("received: You said: Hello from C++", output, StringComparison.Ordinal);
            Assert.Equal("Hello from C++", server.Take());
        }
        finally
        {
            await wine.RegisterAsync();
        }
    }
}
