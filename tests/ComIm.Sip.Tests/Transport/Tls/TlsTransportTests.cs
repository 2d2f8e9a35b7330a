using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;
using ComIm.Sip.Transport.Tls;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Transport.Tls;

public sealed class TlsTransportTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [SkippableTheory]
    [InlineData(false, "example.com", "sip:example.com")]
    [InlineData(false, "EXAMPLE.com", "example.com")]
    [InlineData(false, "sip.example.com", "other.example.com", "sip.example.com")]
    [InlineData(false, null, "127.0.0.1")]
    [InlineData(false, "127.0.0.1", "127.0.0.1")]
    [InlineData(true, null, "::1")]
    [InlineData(true, "[::1]", "::1")]
    public async Task Server_WithARightName_CarriesMessagesBothWays(bool ipv6, string? asked, params string[] names)
    {
        await using var server = Server(_authority.Issue(names), ipv6);
        await using var client = Client(ipv6);
        RecordingReceiver atServer = new(), atClient = new();
        server.Start(atServer);
        client.Start(atClient);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => client.SendAsync(Target(server, asked), TestMessages.Bytes($"{i}")).AsTask()));
        var flow = (await atServer.NextAsync()).Remote;
        await server.SendAsync(new SipTarget(SipTransportKind.Tls, flow) { IsFlow = true }, TestMessages.Bytes("back", new string('x', 40_000)));
        var (remote, back) = await atClient.NextAsync();
        Assert.Equal(("back", server.LocalEndPoint), (back.Message!.CallId, remote));
        Assert.Equal((1, 1), (server.ConnectionCount, client.ConnectionCount));
        Assert.True(await client.PingAsync(Target(server, asked)).AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [InlineData("not for example.com, but for evil.example.org", "evil.example.org")]
    [InlineData("not for example.com, but for *.example.com, *.com", "*.example.com", "*.com")]
    [InlineData("not for example.com, but for sip.example.com", "sip.example.com")]
    [InlineData("not for example.com, but for evil.example.org", "example.com", "sip:evil.example.org")]
    [InlineData("not for example.com, but for no name", "sips:example.com")]
    [InlineData("not for example.com, but for no name", "sip:alice@example.com")]
    [InlineData("not for example.com, but for no name")]
    public async Task Server_WithAnotherName_IsRefused(string expected, params string[] names) =>
        Assert.Contains(expected, (await RefusalAsync(_authority.Issue(names), _authority.Roots)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Server_Expired_IsRefused()
    {
        var expired = _authority.Issue(TimeSpan.FromDays(-30), TimeSpan.FromDays(-1), "example.com");
        var day = expired.NotAfter.ToUniversalTime().ToString("yyyy-MM-dd", null);
        Assert.Contains($"its certificate expired on {day}", (await RefusalAsync(expired, _authority.Roots)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_NotValidYet_IsRefused()
    {
        var early = _authority.Issue(TimeSpan.FromDays(5), TimeSpan.FromDays(30), "example.com");
        Assert.Contains("its certificate is valid only from", (await RefusalAsync(early, _authority.Roots)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_WithACertificateForClients_IsRefused() => Assert.Contains(
        "its certificate is not made for this use",
        (await RefusalAsync(_authority.IssueForClients("example.com"), _authority.Roots)).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Server_OfAnUnknownAuthority_IsRefused(bool trustsAnother)
    {
        using var another = new TestAuthority("Another Root");
        var error = await RefusalAsync(_authority.Issue("example.com"), trustsAnother ? another.Roots : null);
        Assert.Contains("issued by CN=Test Root, which is not trusted here", error.Message, StringComparison.Ordinal);
        Assert.Null(error.InnerException);
    }

    [Fact]
    public async Task Connection_ProvedForOneName_IsNotUsedForAnother()
    {
        await using var server = Server(_authority.Issue("one.example.com", "two.example.com"), false);
        await using var client = Client(false);
        var atServer = new RecordingReceiver();
        server.Start(atServer);
        client.Start(new RecordingReceiver());
        await client.SendAsync(Target(server, "one.example.com"), TestMessages.Bytes("one"));
        await client.SendAsync(Target(server, "two.example.com"), TestMessages.Bytes("two"));
        await client.SendAsync(Target(server, "two.example.com"), TestMessages.Bytes("three"));
        Assert.Equal(2, client.ConnectionCount);
        var send = () => client.SendAsync(Target(server, "three.example.com"), TestMessages.Bytes("four")).AsTask();
        Assert.Equal(SipTransportFault.CertificateRefused, (await Assert.ThrowsAsync<SipTransportException>(send)).Fault);
    }

    [Theory]
    [InlineData(TlsClientCertificates.NotAsked, false, true)]
    [InlineData(TlsClientCertificates.Optional, false, true)]
    [InlineData(TlsClientCertificates.Optional, true, true)]
    [InlineData(TlsClientCertificates.Required, true, true)]
    [InlineData(TlsClientCertificates.Required, false, false)]
    public async Task ClientCertificate_AsTheServerAsks_DecidesTheConnection(TlsClientCertificates asks, bool shows, bool taken)
    {
        await using var server = Server(_authority.Issue("example.com"), false, asks);
        await using var client = Client(false, shows ? _authority.Issue("client.example.com") : null);
        RecordingReceiver atServer = new(), atClient = new();
        server.Start(atServer);
        client.Start(atClient);
        Assert.Equal(taken, await ArrivesAsync(client, server, atServer, atClient));
    }

    [Fact]
    public async Task ClientCertificate_OfAnUnknownAuthority_IsRefused()
    {
        using var another = new TestAuthority("Another Root");
        await using var server = Server(_authority.Issue("example.com"), false, TlsClientCertificates.Optional);
        await using var client = Client(false, another.Issue("client.example.com"));
        RecordingReceiver atServer = new(), atClient = new();
        server.Start(atServer);
        client.Start(atClient);
        Assert.False(await ArrivesAsync(client, server, atServer, atClient));
    }

    [Fact]
    public async Task Alias_OfAProvedPeer_LendsItsConnectionBackwards()
    {
        await using var server = Server(_authority.Issue("example.com"), false, TlsClientCertificates.Required);
        await using var client = Client(false, _authority.Issue("client.example.com"));
        RecordingReceiver atServer = new(), atClient = new();
        server.Start(atServer);
        client.Start(atClient);
        Assert.True(client.OffersAlias);
        var via = $"SIP/2.0/TLS {HostPort.Of(client.LocalEndPoint)};branch=z9hG4bKone;alias";
        await client.SendAsync(Target(server, "example.com"), TestMessages.Bytes("one", via: via));
        await atServer.NextAsync();

        // To the address that the client listens at, yet over the connection that it made (RFC 5923 section 8).
        await server.SendAsync(new SipTarget(SipTransportKind.Tls, client.LocalEndPoint) { HostName = "client.example.com" }, TestMessages.Bytes("back"));
        var (remote, back) = await atClient.NextAsync();
        Assert.Equal(("back", server.LocalEndPoint), (back.Message!.CallId, remote));
        Assert.Equal((1, 1), (server.ConnectionCount, client.ConnectionCount));
    }

    [Fact]
    public async Task Alias_ForANameThatIsNotProved_LendsNothing()
    {
        await using var server = Server(_authority.Issue("example.com"), false, TlsClientCertificates.Required);
        await using var client = Client(false, _authority.Issue("client.example.com"));
        RecordingReceiver atServer = new(), atClient = new();
        server.Start(atServer);
        client.Start(atClient);
        var via = $"SIP/2.0/TLS {HostPort.Of(client.LocalEndPoint)};branch=z9hG4bKone;alias";
        await client.SendAsync(Target(server, "example.com"), TestMessages.Bytes("one", via: via));
        await atServer.NextAsync();
        var back = new SipTarget(SipTransportKind.Tls, client.LocalEndPoint) { HostName = "bank.example.com" };
        var send = () => server.SendAsync(back, TestMessages.Bytes("back")).AsTask();
        Assert.Equal(SipTransportFault.CertificateRefused, (await Assert.ThrowsAsync<SipTransportException>(send)).Fault);
        Assert.Equal(0, atClient.ReceivedCount);
    }

    [Fact]
    public async Task Versions_OlderThan12_AreNotSpoken()
    {
        await using var server = Server(_authority.Issue("example.com"), false);
        server.Start(new RecordingReceiver());
        using var client = new TcpClient();
        await client.ConnectAsync(server.LocalEndPoint);
        await using var tls = new SslStream(client.GetStream());
#pragma warning disable CA5397, CA5398, SYSLIB0039, CA5359 // The old version is what is tested.
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "example.com",
            EnabledSslProtocols = SslProtocols.Tls11,
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
        };
#pragma warning restore CA5397, CA5398, SYSLIB0039, CA5359
        var error = await Record.ExceptionAsync(() => tls.AuthenticateAsClientAsync(options).WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.True(error is AuthenticationException or IOException, error?.ToString());
    }

    [Fact]
    public async Task Client_ThatSpeaksNoTls_HarmsNobodyElse()
    {
        await using var server = Server(_authority.Issue("example.com"), false);
        await using var client = Client(false);
        RecordingReceiver atServer = new(), atClient = new();
        server.Start(atServer);
        client.Start(atClient);
        using var plain = new TcpClient();
        await plain.ConnectAsync(server.LocalEndPoint);
        await plain.GetStream().WriteAsync(TestMessages.Bytes("plain"));
        Assert.True(await ArrivesAsync(client, server, atServer, atClient));
        Assert.Equal((0, 0), (atServer.ReceivedCount, atServer.FailedCount));
    }

    [Fact]
    public async Task Client_WithoutACertificate_TakesNoConnections()
    {
        await using var client = Client(false);
        client.Start(new RecordingReceiver());
        using var other = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => other.ConnectAsync(client.LocalEndPoint));
        Assert.False(client.OffersAlias);
    }

    [Fact]
    public async Task Server_ThatSpeaksNoTls_IsGivenUpInTime()
    {
        using var listener = new TcpListener(Loopback.Any(false));
        listener.Start();
        var time = new ManualTimeProvider();
        await using var client = new TlsTransport(Loopback.Any(false), null, new SipTransportOptions { TimeProvider = time });
        client.Start(new RecordingReceiver());
        var target = new SipTarget(SipTransportKind.Tls, (IPEndPoint)listener.LocalEndpoint) { HostName = "example.com" };
        var send = client.SendAsync(target, TestMessages.Bytes("one")).AsTask();
        using var silent = await listener.AcceptTcpClientAsync().WaitAsync(TimeSpan.FromSeconds(30));
        time.Advance(TimeSpan.FromSeconds(11));
        var error = await Assert.ThrowsAsync<SipTransportException>(() => send.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(SipTransportFault.Unreachable, error.Fault);
        Assert.Contains("nobody answers", error.Message, StringComparison.Ordinal);
    }

    private static SipTarget Target(TlsTransport server, string? name) => new(SipTransportKind.Tls, server.LocalEndPoint) { HostName = name };

    /// <summary>True where a message arrives, false where the connection is refused, which TLS 1.3 tells only after the handshake.</summary>
    private static async Task<bool> ArrivesAsync(TlsTransport client, TlsTransport server, RecordingReceiver atServer, RecordingReceiver atClient)
    {
        try
        {
            await client.SendAsync(Target(server, "example.com"), TestMessages.Bytes("one"));
        }
        catch (SipTransportException)
        {
            return false;
        }

        var arrived = atServer.NextAsync();
        return await Task.WhenAny(arrived, atClient.NextFailureAsync()) == arrived;
    }

    private async Task<SipTransportException> RefusalAsync(X509Certificate2 certificate, X509Certificate2Collection? trusted)
    {
        await using var server = Server(certificate, false);
        await using var client = new TlsTransport(Loopback.Any(false), new TlsOptions { TrustedRoots = trusted });
        server.Start(new RecordingReceiver());
        client.Start(new RecordingReceiver());
        var error = await Assert.ThrowsAsync<SipTransportException>(() => client.SendAsync(Target(server, "example.com"), TestMessages.Bytes("one")).AsTask());
        Assert.Equal(SipTransportFault.CertificateRefused, error.Fault);
        Assert.Equal(0, client.ConnectionCount);
        return error;
    }

    private TlsTransport Server(X509Certificate2 certificate, bool ipv6, TlsClientCertificates asks = TlsClientCertificates.NotAsked) =>
        new(Loopback.Any(ipv6), new TlsOptions { Certificate = certificate, TrustedRoots = _authority.Roots, ClientCertificates = asks });

    private TlsTransport Client(bool ipv6, X509Certificate2? certificate = null) =>
        new(Loopback.Any(ipv6), new TlsOptions { Certificate = certificate, TrustedRoots = _authority.Roots });
}
