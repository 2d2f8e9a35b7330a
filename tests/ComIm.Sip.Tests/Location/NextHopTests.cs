using System.Net;
using ComIm.Sip.Location;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Tests.Location;

public sealed class NextHopTests
{
    private static readonly SipTarget Proxy = new(SipTransportKind.Udp, IPEndPoint.Parse("192.0.2.50:5060")) { HostName = "proxy.example.com" };
    private static readonly SipTarget SecureProxy = new(SipTransportKind.Tls, IPEndPoint.Parse("192.0.2.50:5061")) { HostName = "proxy.example.com" };

    private readonly DnsZone _zone = new DnsZone()
        .Address("one.example.com", "192.0.2.1")
        .Srv("_sip._tcp.example.com", 1, 0, 5070, "one.example.com")
        .Srv("_sips._tcp.example.com", 2, 0, 5071, "one.example.com");

    [Theory]
    [InlineData("sip:192.0.2.7:5070", "UDP 192.0.2.7:5070")]
    [InlineData("sip:192.0.2.7;transport=tcp", "TCP 192.0.2.7:5060")]
    [InlineData("sips:[2001:db8::7]", "TLS [2001:db8::7]:5061")]
    [InlineData("sip:bob@example.com;maddr=192.0.2.8", "UDP 192.0.2.8:5060")]
    [InlineData("sip:bob@example.com", "UDP proxy.example.com (192.0.2.50:5060)")]
    [InlineData("sips:192.0.2.7;transport=udp", "UDP proxy.example.com (192.0.2.50:5060)")]
    [InlineData(null, "UDP proxy.example.com (192.0.2.50:5060)")]
    public void Of_WithoutALocator_TakesAddressesAndLeavesNamesToTheProxy(string? uri, string target) =>
        Assert.Equal(target, NextHop.Of(uri is null ? null : SipUri.Parse(uri), Proxy, _ => true).ToString());

    [Fact]
    public void Of_TransportThatIsNotThere_IsTheProxys() =>
        Assert.Equal(Proxy, NextHop.Of(SipUri.Parse("sip:192.0.2.7;transport=tcp"), Proxy, k => k == SipTransportKind.Udp));

    [Theory]
    [InlineData("sip:bob@example.com", "TCP example.com (192.0.2.1:5070)")]
    [InlineData("sips:bob@example.com", "TLS example.com (192.0.2.1:5071)")]
    [InlineData("sip:one.example.com:5080", "UDP one.example.com (192.0.2.1:5080)")]
    [InlineData("sip:192.0.2.7:5070", "UDP 192.0.2.7:5070")]
    [InlineData("sip:bob@PROXY.example.com", "UDP proxy.example.com (192.0.2.50:5060)")]
    public async Task Locate_Name_IsLookedUp(string uri, string target) =>
        Assert.Equal(target, (await LocateAsync(uri, Proxy, _ => true)).ToString());

    [Fact]
    public async Task Locate_AfterTls_GoesOverNothingLess() =>
        Assert.Equal(SipTransportKind.Tls, (await LocateAsync("sip:bob@example.com", SecureProxy, _ => true)).Transport);

    [Fact]
    public async Task Locate_NoTransportForIt_IsTheProxys() =>
        Assert.Equal(Proxy, await LocateAsync("sip:bob@example.com", Proxy, k => k == SipTransportKind.Udp));

    [Fact]
    public async Task Locate_NoSuchName_SaysSo() =>
        await Assert.ThrowsAsync<SipLocationException>(() => LocateAsync("sip:nobody.example.com", Proxy, _ => true));

    [Fact]
    public async Task Agent_WithALocator_SendsWhereTheNameLeadsAndElseToTheProxy()
    {
        await using var stack = new SipStack([new UdpTransport(new IPEndPoint(IPAddress.Loopback, 0))], _ => Task.CompletedTask);
        var agent = new SipUserAgent(stack, Proxy, new Sip.Authentication.RequestAuthenticator(null), "test") { Locator = _zone.Locator() };
        Assert.Equal("192.0.2.1:5080", (await agent.LocateAsync(SipUri.Parse("sip:one.example.com:5080"), default)).EndPoint.ToString());
        Assert.Equal(Proxy, await agent.LocateAsync(SipUri.Parse("sip:nobody.example.com"), default));
        Assert.Equal(Proxy, await agent.LocateAsync(null, default));
    }

    private Task<SipTarget> LocateAsync(string uri, SipTarget outbound, Func<SipTransportKind, bool> isAvailable) =>
        NextHop.LocateAsync(SipUri.Parse(uri), outbound, isAvailable, _zone.Locator()).AsTask();
}
