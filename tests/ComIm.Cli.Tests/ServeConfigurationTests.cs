namespace ComIm.Cli.Tests;

public sealed class ServeConfigurationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("comim-config-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Serve_WithAConfigurationFile_ServesWhatItSays()
    {
        var file = Write("""
            {
              // whose users
              "domain": "example.net",
              "listen": "127.0.0.1:0",
              "users": { "alice": "secret-of-alice" },
              "store": "messages.db",
              "limits": { "pending": 10, "storedMessages": 5, },
            }
            """);
        using var serve = CliRun.Start(["serve", "--config", file, "--log"]);
        Assert.Matches(@"^Serving example\.net on 127\.0\.0\.1:[1-9]\d* over UDP and TCP\. Ctrl\+C stops it\.$", await serve.Out.NextLineAsync());
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "messages.db")));
        Assert.Equal(0, await serve.StopAsync());
        Assert.Matches(@"Information: Stopped serving example\.net: 0 bindings", serve.Error.ToString());
        Assert.DoesNotContain("secret", serve.Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "users": { "alice": "secret-one" }, "listen": "somewhere" }""", "$.listen 'somewhere' is not of the form address:port")]
    [InlineData("""{ "users": { "alice": 7777 } }""", "$.users")]
    [InlineData("""{ "user": { "alice": "secret-one" } }""", "$.user is not as expected")]
    [InlineData("""{ "domain": "example.com" }""", "$.users names nobody")]
    [InlineData("""{ "users": { "alice": "secret-one" """, "is not as expected (line 1)")]
    [InlineData("""{ "users": { "alice": "secret-one" }, "usersFile": "missing.txt" }""", "missing.txt")]
    public async Task Serve_WithAFaultyFile_SaysWhereAndNoSecret(string text, string expected)
    {
        var (exitCode, _, error) = await CliRun.RunAsync(["serve", "--config", Write(text)]);
        Assert.Equal(2, exitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
        Assert.DoesNotContain("7777", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_WithAFileAndOptions_IsRefused()
    {
        var (exitCode, _, error) = await CliRun.RunAsync(["serve", "--config", "server.json", "--user", "alice:a"]);
        Assert.Equal(2, exitCode);
        Assert.Contains("only --log goes with it", error, StringComparison.Ordinal);
    }

    private string Write(string text)
    {
        var file = Path.Combine(_folder.FullName, "server.json");
        File.WriteAllText(file, text);
        return file;
    }
}
