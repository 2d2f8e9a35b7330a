using System.Net;
using ComIm.Client;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;
using ComIm.TestKit;

namespace ComIm.Com.Tests.UccApi.Endpoints;

/// <summary>FindServer against a real name server, and TLS by the name that it gives.</summary>
public sealed class FindServerTests
{
    private const string Zone = """
        _sips._tcp SRV 10 0 5061 sip
        _sips._tcp SRV 20 0 5061 sip.example.org.
        _sip._tcp SRV 10 0 5060 sip
        sip A 127.0.0.1
        plain A 127.0.0.1
        """;

    [SkippableFact]
    public async Task Servers_come_in_the_order_of_dns_and_over_tls_only_from_the_domain_itself()
    {
        Skip.IfNot(NameServer.IsInstalled(out var reason), reason);
        await using var names = await NameServer.StartAsync(Zone);
        var alice = PeerOf(names);
        alice.Settings.FindServer(null!, null!);
        Assert.Equal(
            ["sip.example.com:5060 UCCTM_TCP", "sip.example.com:5061 UCCTM_TLS"],
            Take(alice).Order(StringComparer.Ordinal));

        alice.Settings.FindServer("plain.example.com", null!);
        Assert.Contains("plain.example.com:5060 UCCTM_TCP", Take(alice));

        IUccOperationContext operation = new UccOperationContext();
        operation.Initialize(3, null!);
        alice.Settings.FindServer("nowhere.example.com", operation);
        var failed = alice.Events.TakeResult("OnFindServer", UccHResults.UCC_E_SIP_DNS_FAIL).As<IUccFindServerEvent>();
        Assert.Equal((0, 3), (failed.SignalingServers.Count, failed.OriginalOperationContext.OperationId));
        alice.Settings.FindServer("not a domain", null!);
        alice.Events.TakeResult("OnFindServer", UccHResults.UCC_E_SIP_DNS_FAIL);
    }

    [SkippableFact]
    public async Task Found_server_can_be_set_from_the_handler_and_enabled()
    {
        Skip.IfNot(NameServer.IsInstalled(out var reason), reason);
        await using var server = await TestServer.StartAsync();
        var port = server.Address.Split(':')[1];
        await using var names = await NameServer.StartAsync($"_sip._tcp SRV 10 0 {port} sip\nsip A 127.0.0.1");
        var alice = PeerOf(names);
        alice.Events.Reaction = e =>
        {
            if (e.Data is IUccFindServerEvent { SignalingServers: { Count: > 0 } found })
            {
                alice.Settings.Server = (IUccSignalingServer)found[1];
                alice.Endpoint.Enable(null!);
            }
        };
        alice.Settings.FindServer(null!, null!);
        alice.Events.TakeSuccess("OnFindServer");
        alice.Events.TakeSuccess("OnEnable");
        alice.Shutdown();
    }

    [Fact]
    public async Task Tls_needs_a_certificate_that_proves_the_server()
    {
        using var authority = new TestAuthority();
        await using var server = await TestServer.StartAsync(certificate: authority.Issue("127.0.0.1"));
        var address = server.Server.TlsEndPoint!.ToString();
        var alice = new UccPeer("alice", address, UCC_TRANSPORT_MODE.UCCTM_TLS, trusted: authority.Roots).Enable();
        alice.Shutdown();

        var wary = new UccPeer("alice", address, UCC_TRANSPORT_MODE.UCCTM_TLS);
        wary.Endpoint.Enable(null!);
        wary.Events.TakeResult("OnEnable", UccHResults.UCC_E_SIP_INVALID_CERTIFICATE);
    }

    private static UccPeer PeerOf(NameServer names) =>
        new("alice", "unused.invalid", options: new ImClientOptions { DnsServers = new List<IPEndPoint> { names.EndPoint } });

    private static List<string> Take(UccPeer peer) =>
    [
        .. peer.Events.TakeSuccess("OnFindServer").As<IUccFindServerEvent>().SignalingServers.Cast<IUccSignalingServer>()
            .Select(s => $"{s.ServerAddress} {s.TransportMode}"),
    ];
}
