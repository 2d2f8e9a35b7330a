using ComIm.Sip.Location;
using ComIm.Sip.Messages;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Location;

/// <summary>Location against a real name server, over real sockets.</summary>
public sealed class NameServerTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    // The first lines are the example of RFC 3263 section 4.1, with one order so that all three are used.
    private static readonly string Zone = $"""
        @ NAPTR 50 10 "s" "SIPS+D2T" "" _sips._tcp
        @ NAPTR 50 20 "s" "SIP+D2T" "" _sip._tcp
        @ NAPTR 50 30 "s" "SIP+D2U" "" _sip._udp
        _sips._tcp SRV 0 0 5061 server1
        _sip._tcp SRV 10 0 5060 server1
        _sip._tcp SRV 20 0 5062 server2
        _sip._udp SRV 10 0 5060 server2
        server1 A 192.0.2.1
        server2 CNAME host2
        host2 A 192.0.2.2
        outside CNAME elsewhere.example.org.
        plain A 192.0.2.9
        _sip._udp.closed SRV 0 0 0 .
        closed A 192.0.2.9
        {string.Join('\n', Enumerable.Range(0, 200).Select(i => $"_sip._udp.many SRV {i} 0 {10_000 + i} a-long-name-for-a-server"))}
        a-long-name-for-a-server A 192.0.2.3
        """;

    [SkippableTheory]
    [InlineData("sip:bob@example.com", "TLS 192.0.2.1:5061, TCP 192.0.2.1:5060, TCP 192.0.2.2:5062, UDP 192.0.2.2:5060")]
    [InlineData("sips:bob@example.com", "TLS 192.0.2.1:5061")]
    [InlineData("sip:bob@example.com;transport=tcp", "TCP 192.0.2.1:5060, TCP 192.0.2.2:5062")]
    [InlineData("sip:bob@server2.example.com:5070", "UDP 192.0.2.2:5070")]
    [InlineData("sip:bob@plain.example.com", "UDP 192.0.2.9:5060")]
    [InlineData("sips:bob@plain.example.com", "TLS 192.0.2.9:5061")]
    public async Task Locate_Uri_HasItsTargets(string uri, string targets)
    {
        Skip.IfNot(NameServer.IsInstalled(out var reason), reason);
        await using var server = await NameServer.StartAsync(Zone);
        var found = await LocatorOf(server).LocateAsync(SipServerQuery.Of(SipUri.Parse(uri))).WaitAsync(Guard);
        Assert.Equal(targets, string.Join(", ", found));
    }

    [SkippableTheory]
    [InlineData("sip:nobody.example.com", "a name that does not exist")]
    [InlineData("sip:closed.example.com;transport=udp", "a service that is not offered")]
    [InlineData("sip:outside.example.com", "an alias to where nobody answers")]
    [InlineData("sip:example.org", "a zone that the server refuses")]
    public async Task Locate_NoTarget_SaysSo(string uri, string why)
    {
        Skip.IfNot(NameServer.IsInstalled(out var reason), reason);
        await using var server = await NameServer.StartAsync(Zone);
        var locating = LocatorOf(server).LocateAsync(SipServerQuery.Of(SipUri.Parse(uri)));
        Assert.True(await Assert.ThrowsAsync<SipLocationException>(() => locating.WaitAsync(Guard)) is not null, why);
    }

    [SkippableFact]
    public async Task Lookup_MoreThanADatagram_ComesOverTcp()
    {
        Skip.IfNot(NameServer.IsInstalled(out var reason), reason);
        await using var server = await NameServer.StartAsync(Zone);
        var dns = new DnsResolver(() => [server.EndPoint], new DnsSocketExchange(), TimeProvider.System, 10);
        var answer = await dns.LookupAsync("_sip._udp.many.example.com", DnsRecordType.Srv).WaitAsync(Guard);
        Assert.Equal(Enumerable.Range(10_000, 200), answer.DataOf<SrvData>().Select(s => s.Port).Order());
    }

    [SkippableFact]
    public async Task Lookup_TimesToLive_AreThoseOfTheZone()
    {
        Skip.IfNot(NameServer.IsInstalled(out var reason), reason);
        await using var server = await NameServer.StartAsync(Zone);
        var dns = new DnsResolver(() => [server.EndPoint], new DnsSocketExchange(), TimeProvider.System, 10);
        var found = await dns.LookupAsync("plain.example.com", DnsRecordType.A).WaitAsync(Guard);
        var empty = await dns.LookupAsync("plain.example.com", DnsRecordType.Aaaa).WaitAsync(Guard);
        var nobody = await dns.LookupAsync("nobody.example.com", DnsRecordType.A).WaitAsync(Guard);
        Assert.Equal((DnsAnswerKind.Found, TimeSpan.FromSeconds(300)), (found.Kind, found.TimeToLive));
        Assert.Equal((DnsAnswerKind.NoData, TimeSpan.FromSeconds(60)), (empty.Kind, empty.TimeToLive));
        Assert.Equal((DnsAnswerKind.NoSuchName, TimeSpan.FromSeconds(60)), (nobody.Kind, nobody.TimeToLive));
    }

    private static SipLocator LocatorOf(NameServer server) =>
        new(new SipLocatorOptions { DnsServers = [server.EndPoint], UseSystemNames = false });
}
