using ComIm.Sip.Messages;

namespace ComIm.Sip.Tests.Messages;

/// <summary>IPv4address of RFC 3261 section 25.1 is four decimal numbers of one to three digits, and nothing else.</summary>
public sealed class HostPortTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("192.000.002.010:5062", "192.0.2.10")]
    [InlineData("010.008.0.1", "10.8.0.1")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("[::1]:5060", "::1")]
    [InlineData("[2001:db8:::1]", "2001:db8::1")]
    public void Address_AsTheGrammarHasIt_IsRead(string text, string expected)
    {
        Assert.True(HostPort.TryParse(text, out var host));
        Assert.Equal(expected, host.Address?.ToString());
    }

    [Theory]
    [InlineData("5060")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("0x7f000001")]
    [InlineData("192.0.2.256")]
    [InlineData("192.0.2.0001")]
    [InlineData("192.0.2.1.5")]
    [InlineData("192.0.2.")]
    [InlineData("1sip.example.com")]
    public void Address_OfWhatOnlyTheFrameworkTakesForOne_IsNull(string text)
    {
        Assert.True(HostPort.TryParse(text, out var host));
        Assert.Null(host.Address);
    }
}
