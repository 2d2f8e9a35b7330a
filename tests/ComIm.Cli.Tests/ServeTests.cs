using System.Net;
using System.Net.Sockets;

namespace ComIm.Cli.Tests;

public sealed class ServeTests
{
    [Fact]
    public async Task Serve_SaysWhereItListensAndStopsGracefully()
    {
        using var serve = CliRun.Start(["serve", "--listen", "127.0.0.1:0", "--user", "alice:secret-of-alice"]);
        var line = await serve.Out.NextLineAsync();

        Assert.Matches(@"^Serving example\.com on 127\.0\.0\.1:[1-9]\d* over UDP and TCP\. Ctrl\+C stops it\.$", line);
        Assert.Equal(0, await serve.StopAsync());
        Assert.Equal("", serve.Error.ToString());
        using var again = new TcpListener(IPAddress.Loopback, ServerPort.Of(line));
        again.Start();
    }

    [Fact]
    public async Task Serve_OnATakenPort_SaysSo()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;

        var (exitCode, output, error) = await CliRun.RunAsync(["serve", "--listen", $"127.0.0.1:{port}", "--user", "alice:secret-of-alice"]);

        Assert.Equal(1, exitCode);
        Assert.Equal("", output);
        Assert.Equal(
            $"comim serve: Port {port} of 127.0.0.1 is taken: stop the program that holds it, or choose another port with --listen.\n", error);
    }

    [Fact]
    public async Task Serve_WithABadUsersFile_NamesTheLineAndNoSecret()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "# users\nalice:one\nsecret-without-a-name\n");

            var (exitCode, _, error) = await CliRun.RunAsync(["serve", "--users", file, "--listen", "127.0.0.1:0"]);

            Assert.Equal(2, exitCode);
            Assert.Contains("User entry 3", error, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
