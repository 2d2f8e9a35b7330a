using System.Net;
using ComIm.Server;

namespace ComIm.Cli.Tests;

/// <summary><c>comim presence</c> against the embedded server, over real sockets.</summary>
public sealed class PresenceTests : IAsyncLifetime
{
    private ImServer _server = null!;

    public async Task InitializeAsync() => _server = await ImServer.StartAsync(new ImServerOptions
    {
        Domain = "example.com",
        EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
        Users = new UserList(["alice:secret-alice", "bob:secret-bob"]),
    });

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Presence_PrintsWhatOthersSay_UntilTheyGo()
    {
        using var bob = Start("bob", "sip:alice@example.com");
        Assert.EndsWith("  sip:alice@example.com: Offline", await bob.Out.NextLineAsync(), StringComparison.Ordinal);
        using var alice = Start("alice", "--set", "dnd", "--note", "deep\nwork");
        Assert.StartsWith("Signed in as ", await alice.Error.NextLineAsync(), StringComparison.Ordinal);
        string line;
        do
        {
            // In between she is signed in and has said nothing yet.
            line = await bob.Out.NextLineAsync();
        }
        while (line.EndsWith(": Online", StringComparison.Ordinal));

        Assert.EndsWith(": DoNotDisturb: deep work", line, StringComparison.Ordinal);
        Assert.Equal(0, await alice.StopAsync());
        do
        {
            line = await bob.Out.NextLineAsync();
        }
        while (line.EndsWith(": Online", StringComparison.Ordinal));

        Assert.EndsWith(": Offline", line, StringComparison.Ordinal);
        Assert.Equal(0, await bob.StopAsync());
    }

    [Fact]
    public async Task Presence_OfNobody_SaysSo_AndCountEndsIt()
    {
        using var bob = Start("bob", "nobody@example.com", "--count", "1");
        Assert.Equal(0, await bob.EndAsync());
        Assert.Contains("sip:nobody@example.com is not known (404", bob.Out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Presence_StoppedBeforeItsCount_WasInterrupted()
    {
        using var bob = Start("bob", "alice@example.com", "--count", "2");
        Assert.EndsWith("  sip:alice@example.com: Offline", await bob.Out.NextLineAsync(), StringComparison.Ordinal);

        Assert.Equal(130, await bob.StopAsync());
    }

    [Theory]
    [InlineData("Name whom to watch")]
    [InlineData("'sleepy' is not known", "--set", "sleepy")]
    public async Task Presence_WithoutSense_IsAUsageError(string expected, params string[] args)
    {
        using var cli = Start("bob", args);
        Assert.Equal(2, await cli.EndAsync());
        Assert.Contains(expected, cli.Error.ToString(), StringComparison.Ordinal);
    }

    private CliRun Start(string user, params string[] args) => CliRun.Start(
        ["presence", "--as", $"sip:{user}@example.com", "--server", _server.LocalEndPoint.ToString(), .. args], password: "secret-" + user);
}
