using System.Text;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Tests.Messages;

public sealed class SipParserTests
{
    [Theory]
    [InlineData("SIP/2.0 200 OK\rX: y")]
    [InlineData("SIP/2.0 200 \r")]
    public void StatusLine_WithALoneCr_IsRefused(string line)
    {
        var result = SipParser.ParseDatagram(Encoding.ASCII.GetBytes(line + "\r\nCall-ID: a\r\n\r\n"));

        Assert.Null(result.Message);
        Assert.Equal(SipRejection.InvalidLineEnd, result.Rejection);
    }
}
