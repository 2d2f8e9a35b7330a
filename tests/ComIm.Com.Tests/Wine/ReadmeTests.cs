using ComIm.TestKit;

namespace ComIm.Com.Tests.Wine;

/// <summary>
/// The blocks of VBScript, JScript and commands for Windows in the READMEs, run under Wine as they stand, with these differences:
/// 127.0.0.1:5060 is a server of the test; a block that uses app or application and does not make it gets one that is signed in as
/// alice, and is signed out in the end; the password that comim would ask for stands in COMIM_PASSWORD.
/// </summary>
[Collection(WineCollection.Name)]
public sealed class ReadmeTests(WinePrefix wine)
{
    private const string PasswordVariable = "COMIM_PASSWORD";

    public static TheoryData<string> VbBlocks => [.. Readmes.NamesOf("vb")];

    public static TheoryData<string> JsBlocks => [.. Readmes.NamesOf("js")];

    public static TheoryData<string> CommandBlocks => [.. Readmes.NamesOf("bat")];

    [SkippableTheory]
    [MemberData(nameof(VbBlocks))]
    public Task VBScript_RunsAsItStands(string name) => RunAsync(
        name,
        ".vbs",
        """
        Set app = CreateObject("ComIm.Application")
        app.SignIn "sip:alice@example.com", "secret", "127.0.0.1:5060"

        """,
        "app.SignOut\n",
        file => $"WScript.Echo \"{file}: done\"\n");

    [SkippableTheory]
    [MemberData(nameof(JsBlocks))]
    public Task JScript_RunsAsItStands(string name) => RunAsync(
        name,
        ".js",
        """
        var application = new ActiveXObject("ComIm.Application");
        application.signInManager.signIn('sip:alice@example.com', 'secret', '127.0.0.1:5060').wait(90000);

        """,
        "application.signInManager.signOut().wait(90000);\n",
        file => $"WScript.Echo('{file}: done');\n");

    [SkippableTheory]
    [MemberData(nameof(CommandBlocks))]
    public async Task Commands_RunAsTheyStand(string name)
    {
        WinePrefix.Demand();
        Environment.SetEnvironmentVariable(PasswordVariable, ReadmeBlock.ExamplePassword);
        try
        {
            foreach (var (line, words) in Readmes.Find(name).Text.Split('\n').Select(line => (line, WordsOf(line))))
            {
                Assert.Equal("comim", words[0]);
                var run = await wine.ComimAsync(words[1..]);
                Assert.True(run.ExitCode == 0, $"{line}: {run.Output}");
                Assert.DoesNotContain(ReadmeBlock.ExamplePassword, run.Output, StringComparison.Ordinal);
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable(PasswordVariable, null);
            await wine.ComimAsync("override", "Old Messenger", "--remove");
            await wine.UnregisterAsync();
            await wine.RegisterAsync();
        }
    }

    private async Task RunAsync(string name, string extension, string signIn, string signOut, Func<string, string> marker)
    {
        WinePrefix.Demand();
        var block = Readmes.Find(name);
        await using var world = await ReadmeWorld.StartAsync();
        var isWhole = block.Text.Contains("ComIm.Application", StringComparison.Ordinal);
        var script = (isWhole ? "" : signIn) + block.Text + "\n" + (isWhole ? "" : signOut);
        var file = Path.Combine(wine.Folder, $"readme{block.Line}{extension}");
        await File.WriteAllTextAsync(
            file, script.Replace(ReadmeBlock.ExampleAddress, world.Address, StringComparison.Ordinal) + marker(Path.GetFileName(file)));

        var output = (await wine.RunScriptAsync(file)).ReplaceLineEndings("\n");

        Assert.DoesNotContain("error", output, StringComparison.OrdinalIgnoreCase);
        if (block.Output is { } expected)
        {
            Assert.Matches(ReadmeOutput.Pattern(expected + $"\n{Path.GetFileName(file)}: done", world.Address), output);
        }
    }

    // As a command prompt does for what stands in these blocks: quotes hold words together.
    private static string[] WordsOf(string line) =>
    [
        .. line.Split('"').SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
    ];
}
