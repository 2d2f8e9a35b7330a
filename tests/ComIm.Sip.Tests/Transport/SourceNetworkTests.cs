using System.Net;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Tests.Transport;

public sealed class SourceNetworkTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData("fe80::1%7", "fe80::")]
    public void Of_AnAddress_IsWhatOneHostCannotChoose(string address, string network) =>
        Assert.Equal(IPAddress.Parse(network), SourceNetwork.Of(IPAddress.Parse(address)));
}
