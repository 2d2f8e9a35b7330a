using ComIm.TestKit;

namespace ComIm.Cli.Tests.Security;

/// <summary>A command line that somebody else's text has been put into: it never becomes a header field of its own.</summary>
public sealed class CommandTextTests
{
    [Theory]
    [InlineData("x\r\nEvil: 1")]
    [InlineData("x\nEvil: 1")]
    [InlineData("\r\n\r\nEvil: 1")]
    public async Task Arguments_WithLineBreaks_ForgeNothing(string evil)
    {
        using var server = new RecordingServer();
        foreach (var (from, to) in new[]
        {
            ("alice@example.com", "bob" + evil + "@example.com"),
            ("alice@example.com", "sip:bob@example.com;x=" + evil),
            ("alice@example.com", "sip:bob@example.com?Subject=" + evil),
            ("alice" + evil + "@example.com", "bob@example.com"),
            ("sip:alice@example.com;x=" + evil, "bob@example.com"),
            ("alice@example.com", "bob@example.com"),
        })
        {
            var run = await CliRun.RunAsync(["send", "--from", from, "--to", to, "--server", server.Address, "--transport", "udp", "text"], password: "secret" + evil);

            // What is said of it is one line, too.
            Assert.DoesNotContain(run.Error.Split('\n'), l => l.StartsWith("Evil", StringComparison.Ordinal));
        }

        Assert.NotEmpty(server.Datagrams);
        Assert.All(server.Datagrams, d => Assert.DoesNotContain(d.Split('\r', '\n'), l => l.StartsWith("Evil", StringComparison.Ordinal)));
        Assert.All(server.Heads, h => Assert.Contains("\r\nContent-Length:", h, StringComparison.OrdinalIgnoreCase));
    }
}
