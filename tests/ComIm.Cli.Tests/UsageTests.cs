namespace ComIm.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("", "comim: ")]
    [InlineData("nonsense", "comim: 'nonsense' is not known here")]
    [InlineData("send", "comim: Option '--to' is required.")]
    [InlineData("send --from alice@example.com --to bob@example.com hello there", "comim: 'there' is not known here; a text of several words needs quotes.")]
    [InlineData("send --from alice@example.com --to bob@example.com --transport sctp hi", "comim: The transport 'sctp' is not known: write udp, tcp or tls.")]
    [InlineData("send --from alice@example.com --to bob@example.com --transport 1 hi", "comim: The transport '1' is not known")]
    [InlineData("send --from alice@example.com --to bob@example.com --password x hi", "comim: --password is not an option here")]
    [InlineData("send --from alice@example.com --to bob@example.com --password=secret", "comim: --password is not an option here")]
    [InlineData("send --from alice@example.com --to bob@example.com --password secret", "comim: --password is not an option here")]
    [InlineData("send --from alice@example.com --to bob@example.com -p secret", "comim: -p is not an option here")]
    [InlineData("send --from alice@example.com --to bob@example.com hi", "comim send: No password: ")]
    [InlineData("send --from alice@example.com --to bob@example.com --password-file /nowhere/at/all hi", "comim send: The password file cannot be read: ")]
    [InlineData("listen --as bob@example.com --count 0", "comim: The value of --count must be more than 0")]
    [InlineData("listen --as bob@example.com --timeout -1", "comim: The value of --timeout must be more than 0")]
    [InlineData("serve", "comim serve: No users: ")]
    [InlineData("serve --user alice", "comim serve: User entry 1 is not of the form name:password.")]
    [InlineData("serve --user alice:a --user alice:b", "comim serve: User 'alice' is named twice")]
    [InlineData("serve --users /nowhere/at/all", "comim serve: The users file cannot be read: ")]
    [InlineData("serve --user alice:a --listen example", "comim serve: 'example' is not an address to listen on")]
    [InlineData("register --user --machine", "comim: --user and --machine exclude each other.")]
    public async Task WrongCommandLine_IsOneLineAndExitCode2(string line, string expected)
    {
        var (exitCode, output, error) = await CliRun.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(2, exitCode);
        Assert.Equal("", output);
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("demo --help")]
    [InlineData("serve --help")]
    [InlineData("send --help")]
    [InlineData("listen --help")]
    [InlineData("register --help")]
    [InlineData("unregister --help")]
    [InlineData("doctor --help")]
    public async Task Help_IsPrintedAndSucceeds(string line)
    {
        var (exitCode, output, error) = await CliRun.RunAsync(line.Split(' '));

        Assert.Equal(0, exitCode);
        Assert.Contains("Usage:", output, StringComparison.Ordinal);
        Assert.Equal("", error);
    }

    [Fact]
    public async Task Help_SaysWhyThereIsNoPasswordOption()
    {
        var (_, output, _) = await CliRun.RunAsync(["send", "--help"]);

        Assert.Contains("There is no --password", output, StringComparison.Ordinal);
        Assert.Contains("COMIM_PASSWORD", output, StringComparison.Ordinal);
    }
}
