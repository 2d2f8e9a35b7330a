using System.Net;
using System.Net.Sockets;
using ComIm.Sip.Location;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Location;

public sealed class SipLocatorTests
{
    private readonly DnsZone _zone = new DnsZone()
        .Address("one.example.com", "192.0.2.1")
        .Address("two.example.com", "192.0.2.2")
        .Address("example.com", "192.0.2.99");

    [Theory]
    [InlineData("sip:192.0.2.7", "UDP 192.0.2.7:5060")]
    [InlineData("sip:192.0.2.7:5070;transport=tcp", "TCP 192.0.2.7:5070")]
    [InlineData("sips:192.0.2.7", "TLS 192.0.2.7:5061")]
    [InlineData("sip:[2001:db8::7];transport=tls", "TLS [2001:db8::7]:5061")]
    [InlineData("sip:bob@example.com;maddr=192.0.2.8", "UDP 192.0.2.8:5060")]
    public async Task Locate_Address_AsksNobody(string uri, string target)
    {
        Assert.Equal(target, await LocateAsync(uri));
        Assert.Empty(_zone.Asked);
    }

    [Theory]
    [InlineData("sip:one.example.com:5070", "UDP 192.0.2.1:5070")]
    [InlineData("sips:one.example.com:5070", "TLS 192.0.2.1:5070")]
    [InlineData("sip:one.example.com:5070;transport=tcp", "TCP 192.0.2.1:5070")]
    public async Task Locate_Port_AsksOnlyForAddresses(string uri, string target)
    {
        Assert.Equal(target, await LocateAsync(uri));
        Assert.Equal(["A one.example.com", "Aaaa one.example.com"], _zone.AskedFor.Order());
    }

    [Fact]
    public async Task Locate_Naptr_GivesTransportsAndNamesOfServices()
    {
        _zone.Naptr("example.com", 10, 20, "SIP+D2U", "_sip._udp.other.example.com")
            .Naptr("example.com", 10, 10, "SIP+D2T", "_sip._tcp.example.com")
            .Srv("_sip._tcp.example.com", 1, 0, 5070, "one.example.com").Srv("_sip._udp.other.example.com", 1, 0, 5080, "two.example.com");
        Assert.Equal("TCP 192.0.2.1:5070, UDP 192.0.2.2:5080", await LocateAsync("sip:bob@example.com"));
        Assert.DoesNotContain("A example.com", _zone.AskedFor);
    }

    [Fact]
    public async Task Locate_NoNaptr_EveryServiceWeKnowInOurOrder()
    {
        _zone.Srv("_sip._tcp.example.com", 1, 0, 5070, "one.example.com").Srv("_sips._tcp.example.com", 1, 0, 5071, "one.example.com")
            .Srv("_sip._udp.example.com", 1, 0, 5072, "one.example.com");
        Assert.Equal("UDP 192.0.2.1:5072, TCP 192.0.2.1:5070, TLS 192.0.2.1:5071", await LocateAsync("sip:bob@example.com"));
        Assert.Equal("TLS 192.0.2.1:5071", await LocateAsync("sips:bob@example.com"));
    }

    [Theory]
    [InlineData("sip:bob@example.com", "TLS 192.0.2.99:5061, TCP 192.0.2.99:5060, UDP 192.0.2.99:5060")]
    [InlineData("sip:bob@example.com:5070", "UDP 192.0.2.99:5070")]
    [InlineData("sips:bob@example.com", "TLS 192.0.2.99:5061")]
    [InlineData("sip:bob@example.com;transport=tcp", "TCP 192.0.2.99:5060")]
    public async Task Locate_NothingSaid_TriesWhatWeWouldRather(string uri, string targets)
    {
        var locator = _zone.Locator(new SipLocatorOptions { UnnamedTransports = [SipTransportKind.Tls, SipTransportKind.Tcp, SipTransportKind.Udp] });
        Assert.Equal(targets, Text(await locator.LocateAsync(QueryOf(uri))));
    }

    [Fact]
    public async Task Locate_TransportPrescribed_AsksForItsServiceOnly()
    {
        _zone.Srv("_sip._tcp.example.com", 1, 0, 5070, "one.example.com").Srv("_sip._udp.example.com", 1, 0, 5072, "two.example.com");
        Assert.Equal("TCP 192.0.2.1:5070", await LocateAsync("sip:bob@example.com;transport=tcp"));
        Assert.Equal("Srv _sip._tcp.example.com", _zone.AskedFor.First());
        Assert.DoesNotContain(_zone.AskedFor, a => a.StartsWith("Naptr", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Locate_NoService_AddressesAndDefaultPort()
    {
        Assert.Equal("UDP 192.0.2.99:5060", await LocateAsync("sip:bob@example.com"));
        Assert.Equal("TCP 192.0.2.99:5060", await LocateAsync("sip:bob@example.com;transport=tcp"));
        Assert.Equal("TLS 192.0.2.99:5061", await LocateAsync("sips:bob@example.com"));
    }

    [Fact]
    public async Task Locate_WithoutUdp_WhatWeHaveIsTheDefault()
    {
        var locator = _zone.Locator(new SipLocatorOptions { Transports = [SipTransportKind.Tcp] });
        Assert.Equal("TCP 192.0.2.99:5060", Text(await locator.LocateAsync(QueryOf("sip:bob@example.com"))));
    }

    [Fact]
    public async Task Locate_PrioritiesAndWeights_GiveTheOrder()
    {
        _zone.Address("three.example.com", "192.0.2.3");
        _zone.Srv("_sip._udp.example.com", 2, 0, 5060, "three.example.com").Srv("_sip._udp.example.com", 1, 10, 5060, "one.example.com")
            .Srv("_sip._udp.example.com", 1, 90, 5060, "two.example.com");
        var locator = _zone.Locator(new SipLocatorOptions { Random = limit => limit - 1 });
        Assert.Equal(
            "UDP 192.0.2.2:5060, UDP 192.0.2.1:5060, UDP 192.0.2.3:5060",
            Text(await locator.LocateAsync(QueryOf("sip:example.com;transport=udp"))));
    }

    [Fact]
    public async Task Locate_ServiceNotOffered_DoesNotFallBackToTheAddress()
    {
        _zone.Srv("_sip._udp.example.com", 0, 0, 0, ".");
        await Assert.ThrowsAsync<SipLocationException>(() => LocateAsync("sip:example.com;transport=udp"));
        Assert.DoesNotContain("A example.com", _zone.AskedFor);
    }

    [Fact]
    public async Task Locate_ServiceNotOfferedYetWithAPort_IsNotThisComputer()
    {
        // To the system's resolver an empty name is this computer's.
        _zone.Srv("_sip._udp.example.com", 0, 0, 5060, ".");
        var locator = _zone.Locator(new SipLocatorOptions { LocalNames = new Names(null, "") });
        await Assert.ThrowsAsync<SipLocationException>(() => locator.LocateAsync(QueryOf("sip:example.com;transport=udp")));
    }

    [Fact]
    public async Task Locate_BothFamilies_Ipv4First()
    {
        _zone.Address("dual.example.com", "2001:db8::1").Address("dual.example.com", "192.0.2.4");
        var expected = Socket.OSSupportsIPv6 ? "UDP 192.0.2.4:5060, UDP [2001:db8::1]:5060" : "UDP 192.0.2.4:5060";
        Assert.Equal(expected, await LocateAsync("sip:dual.example.com"));
    }

    [Fact]
    public async Task Locate_SameTargetTwice_IsGivenOnce()
    {
        _zone.Srv("_sip._udp.example.com", 1, 0, 5060, "one.example.com").Srv("_sip._udp.example.com", 2, 0, 5060, "one.example.com");
        Assert.Equal("UDP 192.0.2.1:5060", await LocateAsync("sip:example.com;transport=udp"));
    }

    [Fact]
    public async Task Locate_HundredsOfServers_AreBounded()
    {
        for (var i = 0; i < 200; i++)
        {
            _zone.Srv("_sip._udp.example.com", i, 0, 5000 + i, "one.example.com")
                .Srv("_sip._udp.empty.example.com", i, 0, 5060, $"no{i}.example.com");
        }

        var locator = _zone.Locator(new SipLocatorOptions { MaxTargets = 10 });
        Assert.Equal(10, (await locator.LocateAsync(QueryOf("sip:example.com;transport=udp"))).Count);
        await Assert.ThrowsAsync<SipLocationException>(() => locator.LocateAsync(QueryOf("sip:empty.example.com;transport=udp")));
        Assert.InRange(_zone.Asked.Count, 1, 40);
    }

    [Fact]
    public async Task Walk_FirstTargetServes_TheNextIsNotLookedUp()
    {
        _zone.Srv("_sip._udp.example.com", 1, 0, 5060, "one.example.com").Srv("_sip._udp.example.com", 2, 0, 5060, "two.example.com");
        await foreach (var target in _zone.Locator().WalkAsync(QueryOf("sip:example.com;transport=udp")))
        {
            Assert.Equal("UDP 192.0.2.1:5060", target.ToString());
            break;
        }

        Assert.DoesNotContain("A two.example.com", _zone.AskedFor);
    }

    [Fact]
    public async Task Locate_Again_AsksAgainWhenTheTimeToLiveIsOver()
    {
        var time = new ManualTimeProvider();
        _zone.Srv("_sip._udp.example.com", 1, 0, 5060, "short.example.com", seconds: 3600)
            .Address("short.example.com", "192.0.2.5", seconds: 10);
        var locator = _zone.Locator(new SipLocatorOptions { TimeProvider = time });
        var query = QueryOf("sip:example.com;transport=udp");
        await locator.LocateAsync(query);
        var asked = _zone.Asked.Count;
        time.Advance(TimeSpan.FromSeconds(9));
        await locator.LocateAsync(query);
        Assert.Equal(asked, _zone.Asked.Count);
        time.Advance(TimeSpan.FromSeconds(1));
        await locator.LocateAsync(query);
        Assert.Equal(["A short.example.com"], _zone.AskedFor.Skip(asked));
    }

    [Theory]
    [InlineData("sip:nobody.example.com")]
    [InlineData("sip:nobody.invalid")]
    [InlineData("sip:a..b")]
    public async Task Locate_NoSuchName_SaysSo(string uri)
    {
        var error = await Assert.ThrowsAsync<SipLocationException>(() => LocateAsync(uri));
        Assert.Contains(uri[4..], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Locate_SipsOverUdp_IsRefused() => await Assert.ThrowsAsync<SipLocationException>(
        () => _zone.Locator().LocateAsync(new SipServerQuery(new HostPort("192.0.2.1", null), SipTransportKind.Udp, IsSecure: true)));

    [Fact]
    public async Task Locate_Localhost_IsThisComputerWithoutDns()
    {
        Assert.StartsWith("UDP 127.0.0.1:5060", await LocateAsync("sip:localhost"), StringComparison.Ordinal);
        Assert.StartsWith("UDP 127.0.0.1:5070", await LocateAsync("sip:sip.localhost:5070"), StringComparison.Ordinal);
        await Assert.ThrowsAsync<SipLocationException>(() => LocateAsync("sip:x.invalid"));
        Assert.Empty(_zone.Asked);
    }

    [Fact]
    public async Task Locate_NameInHostsFile_GoesBeforeDns()
    {
        var locator = _zone.Locator(new SipLocatorOptions { LocalNames = new Names("one.example.com", null) });
        Assert.Equal("UDP 198.51.100.1:5070", Text(await locator.LocateAsync(QueryOf("sip:one.example.com:5070"))));
        Assert.Empty(_zone.Asked);
    }

    [Fact]
    public async Task Locate_NameThatOnlyTheSystemKnows_IsAskedLast()
    {
        var locator = _zone.Locator(new SipLocatorOptions { LocalNames = new Names(null, "printer") });
        Assert.Equal("UDP 198.51.100.2:5070", Text(await locator.LocateAsync(QueryOf("sip:printer:5070"))));
        Assert.Equal("UDP 192.0.2.1:5070", Text(await locator.LocateAsync(QueryOf("sip:one.example.com:5070"))));
    }

    private static SipServerQuery QueryOf(string uri) => SipServerQuery.Of(SipUri.Parse(uri));

    private static string Text(IEnumerable<SipTarget> targets) => string.Join(", ", targets);

    private async Task<string> LocateAsync(string uri) => Text(await _zone.Locator().LocateAsync(QueryOf(uri)));

    private sealed class Names(string? inFile, string? inSystem) : ILocalNames
    {
        public IReadOnlyList<IPAddress> Find(string host) => host == inFile ? [IPAddress.Parse("198.51.100.1")] : [];

        public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<IPAddress>>(host == inSystem ? [IPAddress.Parse("198.51.100.2")] : []);
    }
}
