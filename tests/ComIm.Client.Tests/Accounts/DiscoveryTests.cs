using System.Collections.Concurrent;
using System.Net;
using ComIm.Client.Accounts;
using ComIm.TestKit;

namespace ComIm.Client.Tests.Accounts;

/// <summary>Signing in with an address and a password, and nothing else.</summary>
public sealed class DiscoveryTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    [SkippableTheory]
    [InlineData("sips tcp udp", "TLS")]
    [InlineData("tcp udp", "TCP")]
    [InlineData("udp", "UDP")]
    public async Task SignIn_WithoutServer_TakesTheBestThatTheDomainOffers(string offered, string expected)
    {
        Skip.IfNot(NameServer.IsInstalled(out var reason), reason);
        using var authority = new TestAuthority();
        await using var server = await TestServer.StartAsync(certificate: authority.Issue("example.com"));
        await using var dns = await NameServer.StartAsync(ZoneOf(server, offered));
        var trace = new ConcurrentQueue<ImTraceEntry>();
        await using var client = new ImClient(new ImClientOptions { DnsServers = [dns.EndPoint], Trace = trace.Enqueue });
        var alice = await client.SignInAsync(new ImAccountSettings
        {
            Address = "alice@example.com", Password = "secret-alice", TrustedRoots = authority.Roots,
        }).WaitAsync(Guard);
        Assert.Equal((ImAccountState.SignedIn, "example.com"), (alice.State, alice.Server));
        Assert.All(trace, e => Assert.Equal(expected, e.Transport));
    }

    [SkippableFact]
    public async Task SignIn_ServerCannotProveItsName_NothingIsSentWithoutTls()
    {
        Skip.IfNot(NameServer.IsInstalled(out var reason), reason);
        using var authority = new TestAuthority();
        await using var server = await TestServer.StartAsync(certificate: authority.Issue("somebody-else.example.com"));
        await using var dns = await NameServer.StartAsync(ZoneOf(server, "sips tcp udp"));
        var trace = new ConcurrentQueue<ImTraceEntry>();
        await using var client = new ImClient(new ImClientOptions { DnsServers = [dns.EndPoint], Trace = trace.Enqueue });
        var error = await Assert.ThrowsAsync<ImException>(() => client.SignInAsync(new ImAccountSettings
        {
            Address = "alice@example.com", Password = "secret-alice", TrustedRoots = authority.Roots,
        }).WaitAsync(Guard));
        Assert.Equal(ImError.ServerNotTrusted, error.Error);
        Assert.DoesNotContain(trace, e => e.Transport != "TLS");
    }

    [SkippableFact]
    public async Task SignIn_WithASipsAddress_GoesOverTlsOnly()
    {
        Skip.IfNot(NameServer.IsInstalled(out var reason), reason);
        await using var server = await TestServer.StartAsync();
        await using var dns = await NameServer.StartAsync(ZoneOf(server, "tcp udp"));
        await using var client = new ImClient(new ImClientOptions { DnsServers = [dns.EndPoint] });
        await Assert.ThrowsAsync<ImException>(() => client.SignInAsync(new ImAccountSettings
        {
            Address = "sips:alice@example.com", Password = "secret-alice",
        }).WaitAsync(Guard));
        Assert.Equal(0, server.Server.Location.Count);
    }

    private static string ZoneOf(TestServer server, string offered) => string.Join('\n', offered.Split(' ').Select(service => service switch
    {
        "sips" => $"_sips._tcp SRV 1 0 {server.Server.TlsEndPoint!.Port} sip",
        _ => $"_sip._{service} SRV 1 0 {server.Server.LocalEndPoint.Port} sip",
    }).Append($"sip A {IPAddress.Loopback}"));
}
