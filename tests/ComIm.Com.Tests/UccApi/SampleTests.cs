using System.Text.RegularExpressions;
using ComIm.TestKit;

namespace ComIm.Com.Tests.UccApi;

/// <summary>The C# sample, two of it in processes of their own.</summary>
public sealed partial class SampleTests
{
    [SkippableFact]
    public async Task Two_samples_chat_as_the_documentation_tells_it()
    {
        Skip.If(OperatingSystem.IsWindows(), "starts processes as Linux does");
        await using var server = await TestServer.StartAsync();
        await using var bob = Start(server.Address, "bob@example.com", "secret-bob");
        await bob.UntilOutputAsync(SignedIn()).WaitAsync(Recorder.Patience);
        await using var alice = Start(server.Address, "alice@example.com", "secret-alice", "bob@example.com", "hello there");
        Assert.Equal((0, 0), (await alice.Exited.WaitAsync(Recorder.Patience), await bob.Exited.WaitAsync(Recorder.Patience)));
        AssertLines(
            alice.Output,
            "signed in",
            "added sip:bob@example.com",
            "state UCCSES_CONNECTING",
            "state UCCSES_CONNECTED",
            "sent: 0x00000000",
            "composing",
            "idle",
            "bob: You said: hello there",
            "state UCCSES_DISCONNECTED",
            "session over",
            "signed out");
        AssertLines(
            bob.Output,
            "signed in",
            "invited by sip:alice@example.com",
            "alice: hello there",
            "sent: 0x00000000",
            "state UCCSES_DISCONNECTED",
            "session over",
            "signed out");
    }

    [SkippableTheory]
    [InlineData("wrong", "bob", "sign-in failed: 0x80EF0191")]
    [InlineData("secret-alice", "nobody", "nobody came: 0x80EF0194")]
    public async Task Sample_says_why_nothing_came_of_it(string password, string peer, string expected)
    {
        Skip.If(OperatingSystem.IsWindows(), "starts processes as Linux does");
        await using var server = await TestServer.StartAsync();
        await using var alice = Start(server.Address, "alice@example.com", password, peer + "@example.com", "hello");
        Assert.Equal(1, await alice.Exited.WaitAsync(Recorder.Patience));
        Assert.Contains(expected, alice.Output, StringComparison.Ordinal);
    }

    private static GuardedProcess Start(params string[] arguments) =>
        GuardedProcess.Start(Requires.Find("dotnet")!, [Repository.UccChatSample, .. arguments]);

    // The result of a message and the peer's next event come by different ways.
    private static void AssertLines(string output, params string[] expected) => Assert.Equal(
        expected.Order(StringComparer.Ordinal), output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));

    [GeneratedRegex("signed in")]
    private static partial Regex SignedIn();
}
