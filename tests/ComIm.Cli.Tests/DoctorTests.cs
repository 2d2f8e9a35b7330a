using System.Net;
using System.Net.Sockets;
using ComIm.Cli.Doctor;
using ComIm.Client.Diagnostics;
using ComIm.Com.Registration;
using ComIm.TestKit;

namespace ComIm.Cli.Tests;

/// <summary><c>comim doctor</c> names each cause in one line and says what to do.</summary>
public sealed class DoctorTests
{
    [Theory]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task Doctor_OfAGoodServer_FindsNothing(string transport)
    {
        await using var server = await TestServer.StartAsync();

        var (exitCode, output, error) = await RunAsync(server.Address, transport, "secret-alice");

        Assert.Equal((0, ""), (exitCode, error));
        Assert.DoesNotContain("FAILED", output, StringComparison.Ordinal);
        Assert.Contains("ok      Registration  sip:alice@example.com can sign in.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_OfAWrongPassword_SaysSo()
    {
        await using var server = await TestServer.StartAsync();

        AssertCause(await RunAsync(server.Address, "udp", "not-this-one"), "Registration", "does not accept the user name or the password", "Check both");
    }

    [Theory]
    [InlineData("tcp", "Connection")]
    [InlineData("udp", "Answer")]
    public async Task Doctor_OfAClosedPort_SaysSo(string transport, string step)
    {
        var server = $"127.0.0.1:{FreePort.UdpAndTcp()}";

        AssertCause(await RunAsync(server, transport, "secret-alice"), step, $"Nobody listens at {transport.ToUpperInvariant()} {server}", "Check host, port");
    }

    [Fact]
    public async Task Doctor_OfAnUnresolvableDomain_SaysSo() => AssertCause(
        await RunAsync("no-such-host.invalid", "udp", "secret-alice"), "Name", "no-such-host.invalid cannot be resolved", "Check the spelling");

    [Fact]
    public async Task Doctor_OfAnExpiredCertificate_SaysSo()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue(TimeSpan.FromDays(-30), TimeSpan.FromDays(-1), "127.0.0.1");
        await using var server = await TestServer.StartAsync(certificate: certificate);

        AssertCause(await RunAsync(server.Server.TlsEndPoint!.ToString(), "tls", "secret-alice"), "Tls", "expired on", "renew");
    }

    [Fact]
    public async Task Doctor_OfASelfSignedCertificate_SaysSo()
    {
        using var certificate = TestAuthority.IssueSelfSigned("127.0.0.1");
        await using var server = await TestServer.StartAsync(certificate: certificate);

        AssertCause(await RunAsync(server.Server.TlsEndPoint!.ToString(), "tls", "secret-alice"), "Tls", "which is not trusted here", "renew or replace");
    }

    [Theory]
    [InlineData(HostileStream.Closing)]
    [InlineData(HostileStream.Random)]
    [InlineData(HostileStream.Web)]
    [InlineData(HostileStream.EndlessHead)]
    [InlineData(HostileStream.HugeBody)]
    public async Task Doctor_OfSomethingThatIsNoServer_SaysSo(HostileStream kind)
    {
        await using var server = new HostileServer(kind);

        AssertCause(await RunAsync(server.EndPoint.ToString(), "tcp", "secret-alice"), "Answer", "does not answer as a SIP server", "something else may listen there");
    }

    [Theory]
    [InlineData(HostileStream.Random)]
    [InlineData(HostileStream.Web)]
    public async Task Doctor_OfAPortThatSpeaksNoTls_SaysSo(HostileStream kind)
    {
        await using var server = new HostileServer(kind);

        AssertCause(await RunAsync(server.EndPoint.ToString(), "tls", "secret-alice"), "Tls", "no TLS session came about", "5061 by custom");
    }

    [Fact]
    public async Task Send_ToSomethingThatIsNoServer_FailsInOneLine()
    {
        await using var server = new HostileServer(HostileStream.Web);

        var (exitCode, output, error) = await CliRun.RunAsync(
            ["send", "--from", "sip:alice@example.com", "--to", "sip:bob@example.com", "--server", server.EndPoint.ToString(), "--transport", "tcp", "hi"],
            password: "secret-alice");

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains("Check its address and port", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_OfAWrongHost_SaysSo()
    {
        await using var other = await TestServer.StartAsync();

        // A SIP server, but not the one of the domain.
        AssertCause(
            await RunAsync(other.Address, "udp", "secret-alice", "sip:alice@elsewhere.example"),
            "Registration", "does not know sip:alice@elsewhere.example (404 Not This Domain)", "this is the server of its domain");
    }

    [Fact]
    public async Task Doctor_OfAHostThatIsNoSipServer_SaysSo()
    {
        // Whatever is written to it, it says the same and closes, as a web server does.
        using var web = new TcpListener(IPAddress.Loopback, 0);
        web.Start();
        var serving = AnswerAsWebAsync(web);

        AssertCause(
            await RunAsync(web.LocalEndpoint.ToString()!, "tcp", "secret-alice"),
            "Answer", "does not answer as a SIP server", "something else may listen there");
        web.Stop();
        await serving;
    }

    [Fact]
    public async Task Doctor_OfACertificateThatNobodyTrusts_SaysSo()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("127.0.0.1");
        await using var server = await TestServer.StartAsync(certificate: certificate);

        AssertCause(
            await RunAsync(server.Server.TlsEndPoint!.ToString(), "tls", "secret-alice"),
            "Tls", "which is not trusted here", "trust the authority that issued it");
    }

    [Fact]
    public async Task Doctor_WithoutAnAccount_LooksAtThisComputer()
    {
        var (exitCode, output, error) = await CliRun.RunAsync(["doctor"]);

        Assert.Equal((OperatingSystem.IsWindows() ? exitCode : 0, ""), (exitCode, error));
        Assert.Contains("COM", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Registration", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Com_RegisteredAndThere_IsWell()
    {
        var file = typeof(DoctorTests).Assembly.Location;

        Assert.All(new ComChecks(() => "/dotnet", () => file).RunAll(), f => Assert.Equal(DiagnosisResult.Passed, f.Result));
    }

    [Fact]
    public void Com_WithoutDotNet_SaysWhatRegistrationSays()
    {
        var findings = new ComChecks(() => throw new RegistrationException("Install .NET."), () => null).RunAll();

        Assert.Equal((DiagnosisResult.Failed, "Install .NET."), (findings[0].Result, findings[0].Finding));
        Assert.Equal(DiagnosisResult.Skipped, findings[1].Result);
        Assert.Contains("comim register", findings[1].Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Com_RegisteredButGone_SaysToRegisterAgain()
    {
        var finding = new ComChecks(() => "/dotnet", () => "/nowhere/ComIm.Com.comhost.dll").RunAll()[1];

        Assert.Equal(DiagnosisResult.Failed, finding.Result);
        Assert.Contains("'comim register' again", finding.Finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"""C:\Program Files\comim\comim.exe"" com-server", @"C:\Program Files\comim\comim.exe")]
    [InlineData(@"C:\comim\comim.exe com-server", @"C:\comim\comim.exe")]
    public void Com_ServedByAProcess_IsTheProgramOfItsCommand(string command, string file) => Assert.Equal(file, ComChecks.FileOf(command));

    // As a process: what a user sees on the screen, and what a script branches on.
    private static Task<(int ExitCode, string Out, string Error)> RunAsync(
        string server, string transport, string password, string address = "sip:alice@example.com") =>
        ComimProcess.RunAsync(CliRun.HangGuard, password, "doctor", "--as", address, "--server", server, "--transport", transport);

    private static async Task AnswerAsWebAsync(TcpListener web)
    {
        try
        {
            while (true)
            {
                using var client = await web.AcceptTcpClientAsync();
                await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
            }
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private static void AssertCause((int ExitCode, string Out, string Error) run, string step, string cause, string advice)
    {
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        var line = Assert.Single(run.Out.Split('\n'), line => line.StartsWith("FAILED", StringComparison.Ordinal));
        Assert.StartsWith($"FAILED  {step}", line, StringComparison.Ordinal);
        Assert.Contains(cause, line, StringComparison.Ordinal);
        Assert.Contains(advice, line, StringComparison.Ordinal);
        Assert.DoesNotContain("not-this-one", run.Out, StringComparison.Ordinal);
    }
}
