using System.Net;
using System.Net.Sockets;
using ComIm.Client.Accounts;
using ComIm.Client.Diagnostics;
using ComIm.TestKit;

namespace ComIm.Client.Tests.Diagnostics;

/// <summary>Each cause of a failed sign-in is named, at the step where it lies, with what to do.</summary>
public sealed class ServerDiagnosisTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(ImTransport.Auto, "Passed Passed Skipped Skipped Passed Passed")]
    [InlineData(ImTransport.Udp, "Passed Passed Skipped Skipped Passed Passed")]
    [InlineData(ImTransport.Tcp, "Passed Passed Passed Skipped Passed Passed")]
    [InlineData(ImTransport.Tls, "Passed Passed Passed Passed Passed Passed")]
    public async Task GoodServer_PassesEveryStep(ImTransport transport, string expected)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("127.0.0.1");
        await using var server = await TestServer.StartAsync(certificate: certificate);

        var steps = await RunAsync(server.SettingsOf("alice", transport) with { TrustedRoots = authority.Roots });

        Assert.Equal(Enum.GetValues<DiagnosisStepKind>(), steps.Select(s => s.Kind));
        Assert.Equal(expected, string.Join(' ', steps.Select(s => s.Result)));
        Assert.All(steps, s => Assert.Null(s.Advice));
        Assert.Equal(0, server.Server.Location.Count);
    }

    [Theory]
    [InlineData(ImTransport.Udp)]
    [InlineData(ImTransport.Tcp)]
    public async Task WrongPassword_FailsAtTheRegistrationAndIsNotRepeated(ImTransport transport)
    {
        await using var server = await TestServer.StartAsync();

        var step = await FailureAsync(server.SettingsOf("alice", transport) with { Password = "not-this-one" });

        Assert.Equal(DiagnosisStepKind.Registration, step.Kind);
        Assert.Contains("does not accept the user name or the password", step.Finding, StringComparison.Ordinal);
        Assert.Contains("Check both", step.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("not-this-one", step.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownDomain_FailsAtTheRegistration()
    {
        await using var server = await TestServer.StartAsync();

        var step = await FailureAsync(server.SettingsOf("alice") with { Address = "sip:alice@elsewhere.example" });

        Assert.Equal(DiagnosisStepKind.Registration, step.Kind);
        Assert.Contains("the server of its domain", step.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAPassword_TheRegistrationIsNotTried()
    {
        await using var server = await TestServer.StartAsync();

        var steps = await RunAsync(server.SettingsOf("alice") with { Password = null });

        Assert.Equal(DiagnosisResult.Skipped, steps[^1].Result);
        Assert.DoesNotContain(steps, s => s.Result == DiagnosisResult.Failed);
    }

    [Theory]
    [InlineData(ImTransport.Tcp, DiagnosisStepKind.Connection)]
    [InlineData(ImTransport.Tls, DiagnosisStepKind.Connection)]
    [InlineData(ImTransport.Udp, DiagnosisStepKind.Answer)]
    public async Task ClosedPort_IsNamed(ImTransport transport, DiagnosisStepKind where)
    {
        var port = FreePort.UdpAndTcp();

        var step = await FailureAsync(Settings($"127.0.0.1:{port}", transport));

        Assert.Equal(where, step.Kind);
        Assert.Contains($"127.0.0.1:{port}", step.Finding, StringComparison.Ordinal);
        Assert.Contains("port", step.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnresolvableName_FailsAtTheName()
    {
        var step = await FailureAsync(Settings("no-such-host.invalid", ImTransport.Udp));

        Assert.Equal(DiagnosisStepKind.Name, step.Kind);
        Assert.Contains("no-such-host.invalid cannot be resolved", step.Finding, StringComparison.Ordinal);
        Assert.Contains("spelling", step.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SilentNameServer_FailsAtTheName()
    {
        using var silent = SilentSocket();
        var options = new ImClientOptions { DnsServers = [(IPEndPoint)silent.LocalEndPoint!] };

        var step = await FailureAsync(Settings("sip.example.com", ImTransport.Udp), options, patience: TimeSpan.FromMilliseconds(100));

        Assert.Equal(DiagnosisStepKind.Name, step.Kind);
        Assert.Contains("No name server has answered", step.Finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("expired", "expired on ")]
    [InlineData("name", "is not for 127.0.0.1, but for sip.example.com")]
    [InlineData("root", "which is not trusted here")]
    public async Task BadCertificate_IsNamedWithItsFault(string fault, string finding)
    {
        using var authority = new TestAuthority();
        using var other = new TestAuthority("Another Root");
        using var certificate = fault switch
        {
            "expired" => authority.Issue(TimeSpan.FromDays(-30), TimeSpan.FromDays(-1), "127.0.0.1"),
            "name" => authority.Issue("sip.example.com"),
            _ => other.Issue("127.0.0.1"),
        };
        await using var server = await TestServer.StartAsync(certificate: certificate);

        var step = await FailureAsync(server.SettingsOf("alice", ImTransport.Tls) with { TrustedRoots = authority.Roots });

        Assert.Equal(DiagnosisStepKind.Tls, step.Kind);
        Assert.Contains(finding, step.Finding, StringComparison.Ordinal);
        Assert.Contains("renew", step.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PortWithoutTls_FailsAtTls()
    {
        await using var server = await TestServer.StartAsync();

        var step = await FailureAsync(Settings(server.Address, ImTransport.Tls), patience: TimeSpan.FromMilliseconds(500));

        Assert.Equal(DiagnosisStepKind.Tls, step.Kind);
        Assert.Contains("5061", step.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ImTransport.Udp)]
    [InlineData(ImTransport.Tcp)]
    public async Task HostThatSpeaksNoSip_FailsAtTheAnswer(ImTransport transport)
    {
        using var udp = SilentSocket();
        var endPoint = (IPEndPoint)udp.LocalEndPoint!;
        using var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        if (transport == ImTransport.Tcp)
        {
            tcp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            tcp.Listen();
            endPoint = (IPEndPoint)tcp.LocalEndPoint!;
        }

        var step = await FailureAsync(Settings(endPoint.ToString(), transport), patience: TimeSpan.FromMilliseconds(200));

        Assert.Equal(DiagnosisStepKind.Answer, step.Kind);
        Assert.Contains("does not answer as a SIP server", step.Finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not an address", null)]
    [InlineData("sip:alice@example.com", "not a server")]
    public async Task Nonsense_FailsAtTheAddress(string address, string? server)
    {
        var step = await FailureAsync(Settings(server!, ImTransport.Udp) with { Address = address });

        Assert.Equal(DiagnosisStepKind.Address, step.Kind);
    }

    [Fact]
    public async Task AfterAFailure_TheRestIsNotTried()
    {
        var steps = await RunAsync(Settings("no-such-host.invalid", ImTransport.Udp));

        Assert.Equal("Passed Failed Skipped Skipped Skipped Skipped", string.Join(' ', steps.Select(s => s.Result)));
    }

    private static ImAccountSettings Settings(string server, ImTransport transport) => new()
    {
        Address = "sip:alice@example.com",
        Password = "secret-alice",
        Server = server,
        Transport = transport,
    };

    private static Socket SilentSocket()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    /// <summary>The one step that failed; whatever the cause is, it says what was found and what to do, and neither twice.</summary>
    private static async Task<DiagnosisStep> FailureAsync(ImAccountSettings settings, ImClientOptions? options = null, TimeSpan? patience = null)
    {
        var step = Assert.Single(await RunAsync(settings, options, patience), s => s.Result == DiagnosisResult.Failed);
        Assert.Matches(@"^\S.*\.$", step.Finding);
        Assert.Matches(@"^\S.*\.$", step.Advice);
        Assert.DoesNotContain(step.Advice!, step.Finding, StringComparison.Ordinal);
        return step;
    }

    private static async Task<List<DiagnosisStep>> RunAsync(ImAccountSettings settings, ImClientOptions? options = null, TimeSpan? patience = null)
    {
        using var guard = new CancellationTokenSource(Guard);
        var steps = new List<DiagnosisStep>();
        await foreach (var step in ServerDiagnosis.RunAsync(settings, options, patience, guard.Token))
        {
            steps.Add(step);
        }

        return steps;
    }
}
