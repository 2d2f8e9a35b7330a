using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Tests.Dialogs;

public sealed class ByeReasonTests
{
    [Theory]
    [InlineData("SIP;cause=408;text=\"Request Timeout\"", true)]
    [InlineData("SIP ;cause=408 ;text=\"Request Timeout\"", true)]
    [InlineData("SIP;text=\"x\";cause=408", true)]
    [InlineData("SIP;cause=200", false)]
    [InlineData("SIP;cause=4080", false)]
    [InlineData("Q.850;cause=408", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Bye_SaysWhetherItsSenderHadLostUs(string? reason, bool expected)
    {
        var bye = new SipRequest(SipMethods.Bye, SipUri.Parse("sip:bob@example.com"));
        if (reason is not null)
        {
            bye.Headers.Add("Reason", reason);
        }

        Assert.Equal(expected, ByeReason.IsLost(new SessionEnd(SessionEndReason.RemoteBye, bye)));
        Assert.False(ByeReason.IsLost(new SessionEnd(SessionEndReason.LocalBye, bye)));
        Assert.False(ByeReason.IsLost(new SessionEnd(SessionEndReason.RemoteBye)));
    }

    [Fact]
    public void WhatIsAdded_IsRead()
    {
        var bye = new SipRequest(SipMethods.Bye, SipUri.Parse("sip:bob@example.com"));

        ByeReason.AddLost(bye);

        Assert.True(ByeReason.IsLost(new SessionEnd(SessionEndReason.RemoteBye, bye)));
    }
}
