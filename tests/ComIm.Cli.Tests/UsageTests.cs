namespace ComIm.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("", "comim: ")]
    [InlineData("nonsense", "comim: 'nonsense' is not known here")]
    [InlineData("send", "comim: Option '--to' is required.")]
    [InlineData("send --from alice@example.com --to bob@example.com hello there", "comim: 'there' is not known here; a text of several words needs quotes.")]
    [InlineData("send --from alice@example.com --to bob@example.com --transport sctp hi", "comim: The transport 'sctp' is not known: write auto, udp, tcp or tls.")]
    [InlineData("send --from alice@example.com --to bob@example.com --transport 1 hi", "comim: The transport '1' is not known")]
    [InlineData("send --from alice@example.com --to bob@example.com --password x hi", "comim: --password is not an option here")]
    [InlineData("send --from alice@example.com --to bob@example.com --password=secret", "comim: --password is not an option here")]
    [InlineData("send --from alice@example.com --to bob@example.com --password secret", "comim: --password is not an option here")]
    [InlineData("send --from alice@example.com --to bob@example.com -p secret", "comim: -p is not an option here")]
    [InlineData("send --from alice@example.com --to bob@example.com hi", "comim send: No password: ")]
    [InlineData("send --from alice@example.com --to bob@example.com --password-file /nowhere/at/all hi", "comim send: The password file cannot be read: ")]
    [InlineData("listen --as bob@example.com --count 0", "comim: '0' is not a number of messages: write one from 1 to a million. See 'comim listen --help'.")]
    [InlineData("listen --as bob@example.com --count x", "comim: 'x' is not a number of messages")]
    [InlineData("listen --as bob@example.com --count 2.5", "comim: '2.5' is not a number of messages")]
    [InlineData("listen --as bob@example.com --count", "comim: Required argument missing for option: '--count'.")]
    [InlineData("presence --as bob@example.com alice@example.com --count -1", "comim: '-1' is not a number of messages")]
    [InlineData("presence --as bob@example.com", "comim: Name whom to watch, or say with --set how things are with you.")]
    [InlineData("presence --as bob@example.com --set asleep", "comim: The availability 'asleep' is not known: write online,")]
    [InlineData("presence --as bob@example.com --note lunch alice@example.com", "comim: --note needs --set, beside which it is said.")]
    [InlineData("doctor --server 127.0.0.1:5060", "comim: --server needs --as, which says who signs in. See 'comim doctor --help'.")]
    [InlineData("doctor --trace", "comim: --trace needs --as")]
    [InlineData("override --remove", "comim: Name the application that is meant, or '*' for every application.")]
    [InlineData("override --server sip.example.com", "comim: Name the application that is meant")]
    [InlineData("override Messenger --remove --transport tls", "comim: --remove and --transport exclude each other.")]
    [InlineData("override Messenger --server sip.example.com --password-file f", "comim: --password-file needs --user-name, whose password it is.")]
    [InlineData("listen --as bob@example.com --timeout soon", "comim: 'soon' is not a time in seconds")]
    [InlineData("listen --as bob@example.com --timeout -1", "comim: '-1' is not a time in seconds: write more than 0")]
    [InlineData("serve --config /nowhere/at/all", "comim serve: The configuration file /nowhere/at/all cannot be used: ")]
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

    /// <summary>What a script passes whose variable is not set.</summary>
    [Theory]
    [InlineData("--password-file", "send", "--from", "alice@example.com", "--to", "bob@example.com", "hi")]
    [InlineData("--users", "serve")]
    [InlineData("--store", "serve", "--user", "alice:a")]
    [InlineData("--config", "serve")]
    [InlineData("--password-file", "override", "Old Messenger", "--user-name", "alice")]
    public async Task FileWithoutAName_IsAUsageErrorThatNamesTheOption(string option, params string[] args)
    {
        var (exitCode, _, error) = await CliRun.RunAsync([.. args, option, ""]);

        Assert.Equal(2, exitCode);
        Assert.Equal($"comim: The file name behind {option} is empty. See 'comim {args[0]} --help'.\n", error);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("demo --help")]
    [InlineData("serve --help")]
    [InlineData("send --help")]
    [InlineData("listen --help")]
    [InlineData("presence --help")]
    [InlineData("override --help")]
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
    public async Task Help_ListsTheCommandsALineEach()
    {
        var (_, list, _) = await CliRun.RunAsync(["--help"]);
        var (_, serve, _) = await CliRun.RunAsync(["serve", "--help"]);

        var commands = list[list.IndexOf("Commands:", StringComparison.Ordinal)..].Trim().Split('\n')[1..];
        Assert.Equal(9, commands.Length);
        Assert.All(commands, line => Assert.Matches(@"^  [a-z]+( <\w+>)? +[A-Z].*\.$", line));
        Assert.Contains("\"usersFile\"", serve, StringComparison.Ordinal);
        Assert.Contains("\"storedMessagesPerSender\": 500", serve, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_SaysWhyThereIsNoPasswordOption()
    {
        var (_, output, _) = await CliRun.RunAsync(["send", "--help"]);

        Assert.Contains("There is no --password", output, StringComparison.Ordinal);
        Assert.Contains("COMIM_PASSWORD", output, StringComparison.Ordinal);
    }
}
