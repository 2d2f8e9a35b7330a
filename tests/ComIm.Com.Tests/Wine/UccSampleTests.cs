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
