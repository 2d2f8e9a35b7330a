using System.Net;
using ComIm.Server;

namespace ComIm.Cli.Tests;

/// <summary><c>comim send</c> and <c>comim listen</c> against the embedded server, over real sockets.</summary>
public sealed class MessagingTests : IAsyncLifetime
{
    private const string AlicePassword = "secret-of-alice";
    private const string BobPassword = "secret-of-bob";
    private ImServer _server = null!;

    private string Server => _server.LocalEndPoint.ToString();

    public async Task InitializeAsync() => _server = await StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("udp", "udp")]
    [InlineData("udp", "tcp")]
    [InlineData("tcp", "udp")]
    [InlineData("tcp", "tcp")]
    public async Task Send_IsPrintedByListen(string sending, string listening)
    {
        using var listen = await ListenAsync("--count", "2", "--transport", listening);

        Assert.Equal((0, "", ""), await SendAsync("bob", "Grüße 👋", "--transport", sending));
        Assert.Equal((0, "", ""), await SendAsync("bob", "two\nlines", "--transport", sending));

        Assert.Equal(0, await listen.EndAsync());
        Assert.Matches(
            """
            ^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  sip:alice@example\.com: Grüße 👋
            \d{4}-\d\d-\d\d \d\d:\d\d:\d\d  sip:alice@example\.com: two
                lines
            $
            """.ReplaceLineEndings("\n"),
            listen.Out.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("-")]
    public async Task Send_TakesTheTextFromStandardInput(string? text)
    {
        using var listen = await ListenAsync("--count", "1");
        string[] args = ["send", "--from", "alice@example.com", "--to", "bob@example.com", "--server", Server];

        var (exitCode, _, error) = await CliRun.RunAsync(text is null ? args : [.. args, text], input: "disk full\n", password: AlicePassword);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(0, await listen.EndAsync());
        Assert.EndsWith("sip:alice@example.com: disk full\n", listen.Out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_OfATextThatBeginsWithAt_IsNotAResponseFile()
    {
        using var listen = await ListenAsync("--count", "1");

        Assert.Equal((0, "", ""), await SendAsync("bob", "@all lunch"));
        Assert.Equal(0, await listen.EndAsync());
        Assert.EndsWith(": @all lunch\n", listen.Out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_OfATextThatBeginsWithADash_GoesBehindTwo()
    {
        using var listen = await ListenAsync("--count", "1");

        Assert.Equal((0, "", ""), await SendAsync("bob", "--- down ---", "--"));
        Assert.Equal(0, await listen.EndAsync());
        Assert.EndsWith(": --- down ---\n", listen.Out.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task Send_ToNobody_FailsWithTheCause(string transport) =>
        AssertFailure(await SendAsync("nobody", "hi", "--transport", transport), "404");

    [Fact]
    public async Task Send_ToSomebodyWhoIsNotSignedIn_FailsWithTheCause() => AssertFailure(await SendAsync("bob", "hi"), "480");

    [Fact]
    public async Task Send_WithAWrongPassword_FailsWithoutRepeatingIt() => AssertFailure(
        await CliRun.RunAsync(
            ["send", "--from", "alice@example.com", "--to", "bob@example.com", "--server", Server, "hi"], password: "wrong-secret"),
        "password");

    [Theory]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task Send_WhileTheServerIsDown_FailsWithTheCause(string transport)
    {
        var down = await StartAsync();
        var address = down.LocalEndPoint.ToString();
        await down.DisposeAsync();

        AssertFailure(
            await CliRun.RunAsync(
                ["send", "--from", "alice@example.com", "--to", "bob@example.com", "--server", address, "--transport", transport, "hi"],
                password: AlicePassword),
            $"{address} cannot be reached");
    }

    [Fact]
    public async Task Send_ToAServerWithoutAnAddress_FailsWithTheCause() => AssertFailure(
        await CliRun.RunAsync(
            ["send", "--from", "alice@example.com", "--to", "bob@example.com", "--server", "no-such-host.invalid", "hi"],
            password: AlicePassword),
        "no-such-host.invalid");

    [Fact]
    public async Task Send_ToSomethingThatIsNoAddress_IsAUsageError()
    {
        var (exitCode, _, error) = await CliRun.RunAsync(
            ["send", "--from", "alice@example.com", "--to", "https://example.com", "--server", Server, "hi"], password: AlicePassword);

        Assert.Equal(2, exitCode);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    [Fact]
    public async Task Send_WithTrace_ShowsTheLadderWithoutSecrets()
    {
        var (_, output, error) = await SendAsync("nobody", "hi", "--trace");

        Assert.Equal("", output);
        Assert.Contains("-> server  REGISTER sip:example.com", error, StringComparison.Ordinal);
        Assert.Contains("<- server  401 ", error, StringComparison.Ordinal);
        Assert.Contains("-> server  MESSAGE sip:nobody@example.com", error, StringComparison.Ordinal);
        Assert.DoesNotContain(AlicePassword, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listen_StopsOnCtrlC()
    {
        using var listen = await ListenAsync();

        Assert.Equal(0, await listen.StopAsync());
    }

    [Fact]
    public async Task Listen_StoppedBeforeItsCount_WasInterrupted()
    {
        using var listen = await ListenAsync("--count", "2");
        Assert.Equal((0, "", ""), await SendAsync("bob", "the first"));
        await listen.Out.NextLineAsync();

        Assert.Equal(130, await listen.StopAsync());
    }

    [Fact]
    public async Task Listen_WhoseTimeIsOverTooSoon_Fails()
    {
        using var listen = await ListenAsync("--count", "1", "--timeout", "0.05");

        Assert.Equal(1, await listen.EndAsync());
        Assert.EndsWith("comim listen: The time is over: 0 of 1 messages have come.\n", listen.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listen_WithATimeAlone_EndsWell()
    {
        using var listen = await ListenAsync("--timeout", "0.05");

        Assert.Equal(0, await listen.EndAsync());
    }

    private static Task<ImServer> StartAsync() => ImServer.StartAsync(new ImServerOptions
    {
        Domain = "example.com",
        EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
        Users = new UserList([$"alice:{AlicePassword}", $"bob:{BobPassword}"]),
    });

    private static void AssertFailure((int ExitCode, string Out, string Error) result, string cause)
    {
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("", result.Out);
        Assert.StartsWith("comim send: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(cause, result.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secret", result.Error, StringComparison.Ordinal);
        Assert.Equal(1, result.Error.Count(c => c == '\n'));
    }

    private async Task<CliRun> ListenAsync(params string[] more)
    {
        var listen = CliRun.Start(["listen", "--as", "sip:bob@example.com", "--server", Server, .. more], password: BobPassword);
        Assert.Equal("Signed in as sip:bob@example.com. Ctrl+C stops.", await listen.Error.NextLineAsync());
        return listen;
    }

    private Task<(int ExitCode, string Out, string Error)> SendAsync(string to, string text, params string[] more) => CliRun.RunAsync(
        ["send", "--from", "sip:alice@example.com", "--to", $"sip:{to}@example.com", "--server", Server, .. more, text],
        password: AlicePassword);
}
