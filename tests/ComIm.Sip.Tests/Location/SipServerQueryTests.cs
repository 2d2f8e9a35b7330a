using ComIm.Sip.Location;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Tests.Location;

public sealed class SipServerQueryTests
{
    [Theory]
    [InlineData("sip:bob@example.com", "example.com", null, false)]
    [InlineData("sip:bob@example.com:5070", "example.com:5070", null, false)]
    [InlineData("sips:bob@example.com", "example.com", null, true)]
    [InlineData("sip:bob@example.com;transport=tcp", "example.com", SipTransportKind.Tcp, false)]
    [InlineData("sip:bob@example.com;transport=UDP", "example.com", SipTransportKind.Udp, false)]
    [InlineData("sip:bob@example.com;transport=tls", "example.com", SipTransportKind.Tls, false)]
    [InlineData("sips:bob@example.com;transport=tcp", "example.com", SipTransportKind.Tls, true)]
    [InlineData("sip:bob@example.com;maddr=192.0.2.5", "192.0.2.5", null, false)]
    [InlineData("sip:bob@example.com:5070;maddr=proxy.example.org", "proxy.example.org:5070", null, false)]
    [InlineData("sip:bob@example.com;maddr=[2001:db8::5];transport=tcp", "[2001:db8::5]", SipTransportKind.Tcp, false)]
    public void Of_Uri_HasItsServer(string uri, string server, SipTransportKind? transport, bool isSecure)
    {
        Assert.True(HostPort.TryParse(server, out var expected));
        Assert.Equal(new SipServerQuery(expected, transport, isSecure), SipServerQuery.Of(SipUri.Parse(uri)));
    }

    [Theory]
    [InlineData("sips:bob@example.com;transport=udp")]
    [InlineData("sip:bob@example.com;transport=sctp")]
    [InlineData("sip:bob@example.com;transport=")]
    [InlineData("sip:bob@example.com;maddr=a:5060")]
    [InlineData("sip:bob@example.com;maddr=a/b")]
    public void Of_WhatCannotBe_IsRefused(string uri) =>
        Assert.Throws<SipLocationException>(() => SipServerQuery.Of(SipUri.Parse(uri)));
}
