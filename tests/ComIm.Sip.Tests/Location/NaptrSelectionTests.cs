using ComIm.Sip.Location;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Tests.Location;

public sealed class NaptrSelectionTests
{
    private static readonly SipTransportKind[] All = [SipTransportKind.Udp, SipTransportKind.Tcp, SipTransportKind.Tls];

    // As in RFC 3263 section 4.1, but of one order.
    private static readonly NaptrData[] OneOrder =
    [
        Record(50, 30, "SIP+D2U", "_sip._udp.example.com"),
        Record(50, 10, "SIPS+D2T", "_sips._tcp.example.com"),
        Record(50, 20, "sip+d2t", "_sip._tcp.example.com"),
    ];

    [Fact]
    public void Select_OneOrder_ByPreference() =>
        Assert.Equal("Tls _sips._tcp.example.com, Tcp _sip._tcp.example.com, Udp _sip._udp.example.com", Select(OneOrder, All));

    [Fact]
    public void Select_TransportsWeLack_AreLeftOut() =>
        Assert.Equal("Udp _sip._udp.example.com", Select(OneOrder, SipTransportKind.Udp));

    [Fact]
    public void Select_Sips_OnlyTls() =>
        Assert.Equal("Tls _sips._tcp.example.com", Select(OneOrder, All, isSecure: true));

    [Fact]
    public void Select_SeveralOrders_OnlyTheLowestThatCanBeUsed()
    {
        NaptrData[] records =
        [
            Record(100, 1, "SIP+D2U", "_sip._udp.example.com"), Record(90, 1, "SIP+D2T", "_sip._tcp.example.com"),
            Record(50, 1, "SIP+D2S", "_sip._sctp.example.com"),
        ];
        Assert.Equal("Tcp _sip._tcp.example.com", Select(records, All));
        Assert.Equal("Udp _sip._udp.example.com", Select(records, SipTransportKind.Udp));
    }

    [Theory]
    [InlineData("u", "SIP+D2U", "", "_sip._udp.example.com")]
    [InlineData("", "SIP+D2U", "", "_sip._udp.example.com")]
    [InlineData("s", "SIP+D2W", "", "_sip._ws.example.com")]
    [InlineData("s", "E2U+sip", "", "example.com")]
    [InlineData("s", "SIP+D2U", "!^.*$!sip:bob@example.com!", "_sip._udp.example.com")]
    [InlineData("s", "SIP+D2U", "", ".")]
    public void Select_OtherApplications_AreLeftOut(string flags, string services, string expression, string replacement) =>
        Assert.Equal("", Select([new NaptrData(1, 1, flags, services, expression, replacement)], All));

    private static NaptrData Record(int order, int preference, string services, string replacement) =>
        new(order, preference, "s", services, "", replacement);

    private static string Select(NaptrData[] records, params SipTransportKind[] supported) => Select(records, supported, isSecure: false);

    private static string Select(NaptrData[] records, SipTransportKind[] supported, bool isSecure) => string.Join(
        ", ",
        NaptrSelection.Select(records, new SipServerQuery(new HostPort("example.com", null), null, isSecure), supported)
            .Select(s => $"{s.Transport} {s.Name}"));
}
