using ComIm.Cli.Terminal;
using Microsoft.Extensions.Logging;

namespace ComIm.Cli.Tests.Security;

/// <summary>What strangers sent may be quoted in the log, which somebody reads at a terminal.</summary>
public sealed class LogInjectionTests
{
    [Theory]
    [InlineData("x\n2026-01-01T00:00:00Z Information: all is well")]
    [InlineData("x\u001b[2J\u001b]0;title\u0007")]
    [InlineData("x\u009b1A\r\u202Ey\u2028z\u0085")]
    public void Line_IsOneLine_AndCommandsNoTerminal(string text)
    {
        var writer = new StringWriter();
        using var factory = new LineLoggerFactory(writer, TimeProvider.System);
        factory.CreateLogger("x").LogWarning(new InvalidOperationException(text), "A {Method} failed", text);
        var written = writer.ToString();
        Assert.EndsWith(Environment.NewLine, written, StringComparison.Ordinal);
        var line = written[..^Environment.NewLine.Length];
        Assert.DoesNotContain(line, c => char.IsControl(c) || c is '\u2028' or '\u202E');
        Assert.Contains("Warning: A x", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_FullOfCommands_IsPrintedHarmlessly()
    {
        using var serve = CliRun.Start(["serve", "--listen", "127.0.0.1:0", "--user", "alice:secret-of-alice", "--user", "bob:secret-of-bob"]);
        var server = $"127.0.0.1:{ServerPort.Of(await serve.Out.NextLineAsync())}";
        using var listen = CliRun.Start(["listen", "--as", "bob@example.com", "--server", server, "--count", "1"], password: "secret-of-bob");
        await listen.Error.NextLineAsync();
        var (sent, _, error) = await CliRun.RunAsync(
            ["send", "--from", "alice@example.com", "--to", "bob@example.com", "--server", server, "\u001b[2J\u001b]52;c;ZXZpbA==\u0007\r\n2026-01-01 00:00:00  sip:boss@example.com: pay\u202E"],
            password: "secret-of-alice");
        Assert.Equal((0, ""), (sent, error.Contains('\u001b', StringComparison.Ordinal) ? error : ""));
        var first = await listen.Out.NextLineAsync();
        var second = await listen.Out.NextLineAsync();
        Assert.DoesNotContain(first + second, c => char.IsControl(c) || c == '\u202E');
        Assert.Contains("sip:alice@example.com: \uFFFD[2J", first, StringComparison.Ordinal);

        // Only our own lines begin at the margin.
        Assert.StartsWith("    2026-01-01", second, StringComparison.Ordinal);
        Assert.Equal(0, await serve.StopAsync());
    }
}
