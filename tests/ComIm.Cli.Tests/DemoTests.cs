using System.Net.Sockets;

namespace ComIm.Cli.Tests;

public sealed class DemoTests
{
    private static readonly string[] InOrder =
    [
        "alice -> server  REGISTER sip:example.com",
        "alice <- server  401 ",
        "alice -> server  REGISTER sip:example.com",
        "alice <- server  200 OK",
        "bob signs in over TCP",
        "alice writes to bob: ",
        "alice -> server  MESSAGE sip:bob@example.com",
        "bob <- server  MESSAGE sip:bob@",
        "bob -> server  200 OK",
        "Delivered; bob reads from sip:alice@example.com: ",
        "bob writes to alice: ",
        "bob -> server  MESSAGE sip:alice@example.com",
        "Delivered; alice reads from sip:bob@example.com: ",
        "Grüße, Привет, 你好, 👋",
        "alice begins a session with bob",
        "alice -> server  INVITE sip:bob@example.com",
        "Connected; both know it as ",
        "bob sees that alice is typing",
        "In the session, to bob: ",
        "Delivered; bob reads from sip:alice@example.com: Now we talk in a session.",
        "In the session, to alice: ",
        "Delivered; alice reads from sip:bob@example.com: ",
        "bob -> server  BYE ",
        "alice sees it: Disconnected",
        "carol signs in over UDP",
        "alice and bob talk; alice adds carol",
        "alice -> server  INVITE sip:conference-factory@example.com",
        "alice -> server  REFER sip:conf-",
        "bob <- server  INVITE sip:bob@example.com",
        "carol <- server  INVITE sip:carol@example.com",
        "the same conversation is now the conference sip:conf-",
        "carol (Attendee, Connected)",
        "bob reads from sip:alice@example.com: Welcome, both of you.",
        "carol reads from sip:alice@example.com: Welcome, both of you.",
        "alice reads from sip:carol@example.com: Thank you!",
        "carol leaves the conference",
        "roster: alice (Leader, Connected), bob (Attendee, Connected)",
        "bob -> server  SUBSCRIBE sip:alice@example.com",
        "bob sees: Online",
        "alice -> server  PUBLISH sip:alice@example.com",
        "bob sees: Busy (Meeting): Room 7 until noon ☕",
        "alice is back",
        "bob sees: Online",
        "bob signs out",
        "alice writes to bob, who is away: ",
        "alice <- server  202 ",
        "Accepted: the server keeps it",
        "bob signs in over TCP",
        "Accepted; bob reads from sip:alice@example.com: Read this when you are back.",
        "alice -> server  MESSAGE sip:nobody@example.com",
        "alice <- server  404 ",
        "Failed, as it should: ",
        "Both sign out",
        "Done in ",
    ];

    [Fact]
    public async Task Demo_InProcess_ShowsEveryScene()
    {
        var (exitCode, output, error) = await CliRun.RunAsync(["demo"]);

        Assert.Equal((0, ""), (exitCode, error));
        AssertTranscript(output);
    }

    [Fact]
    public async Task Demo_AsAProcess_EndsByItselfAndLeavesNothing()
    {
        var (exitCode, output, error) = await ComimProcess.RunAsync(CliRun.HangGuard * 2, password: null, "demo");

        Assert.Equal((0, ""), (exitCode, error));
        AssertTranscript(output);
    }

    private static void AssertTranscript(string output)
    {
        var position = 0;
        foreach (var line in InOrder)
        {
            var found = output.IndexOf(line, position, StringComparison.Ordinal);
            Assert.True(found >= 0, $"'{line}' does not follow in:\n{output}");
            position = found + line.Length;
        }

        Assert.DoesNotContain('\uFFFD', output);

        // Whoever connects now finds nobody.
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Assert.Equal(
            SocketError.ConnectionRefused,
            Assert.Throws<SocketException>(() => probe.Connect(ServerPort.EndPoint(output))).SocketErrorCode);
    }
}
