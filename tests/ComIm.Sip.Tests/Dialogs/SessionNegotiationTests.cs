using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Tests.Dialogs;

/// <summary>RFC 4028 sections 7 to 10.</summary>
public sealed class SessionNegotiationTests
{
    [Theory]

    // Table 2 of section 9: supported by the caller, its refresher, ours.
    [InlineData(false, null, "uas")]
    [InlineData(false, "uac", "uas")]
    [InlineData(true, null, "uac")]
    [InlineData(true, "uac", "uac")]
    [InlineData(true, "uas", "uas")]
    public void Answer_Refresher_IsThatOfTheTable(bool supported, string? asked, string answered)
    {
        var request = Invite(supported, "1800" + (asked is null ? string.Empty : ";refresher=" + asked));
        var terms = SessionNegotiation.Answer(request, new SessionTimerOptions());
        Assert.Equal(new SessionTerms(TimeSpan.FromSeconds(1800), answered == "uas"), terms);
        var response = new SipResponse(200);
        SessionNegotiation.Write(response, terms);
        Assert.Equal("1800;refresher=" + answered, response.Headers.Get(HeaderId.SessionExpires));
        Assert.Equal(answered == "uac" ? "timer" : null, response.Headers.Get(HeaderId.Require));
        Assert.Equal(answered == "uac", SessionNegotiation.Agreed(response)!.WeRefresh);
    }

    [Theory]

    // asked, Min-SE of the request, ours, granted
    [InlineData("1800", null, 600, 600)]
    [InlineData("1800", "900", 600, 900)]
    [InlineData("500", null, 600, 500)]
    [InlineData(null, null, 600, 600)]
    [InlineData(null, "700", 600, 700)]
    public void Answer_Interval_IsLoweredNeverRaised(string? asked, string? min, int ours, int granted)
    {
        var request = Invite(true, asked, min);
        Assert.Equal(granted, SessionNegotiation.Answer(request, new SessionTimerOptions { Interval = TimeSpan.FromSeconds(ours) })!.Interval.TotalSeconds);
    }

    [Fact]
    public void Answer_NobodyAsks_IsNoTimer() => Assert.Null(SessionNegotiation.Answer(Invite(true, null), new SessionTimerOptions()));

    [Theory]
    [InlineData(true, "89", true)]
    [InlineData(true, "90", false)]
    [InlineData(false, "89", false)]
    public void IsTooShort_OnlyForWhoUnderstands(bool supported, string asked, bool expected) =>
        Assert.Equal(expected, SessionNegotiation.IsTooShort(Invite(supported, asked), new SessionTimerOptions()));

    [Fact]
    public void Offer_KeepsRolesAndHonoursMinSE()
    {
        var request = Invite(true, null);
        var current = new SessionTerms(TimeSpan.FromSeconds(300), false);
        SessionNegotiation.Offer(request, new SessionTimerOptions(), current, TimeSpan.FromSeconds(400));
        Assert.Equal("400;refresher=uas", request.Headers.Get(HeaderId.SessionExpires));
        Assert.Equal("400", request.Headers.Get(HeaderId.MinSE));
    }

    [Theory]
    [InlineData(90, 45, 60)]
    [InlineData(1800, 900, 1768)]
    public void Terms_RefreshAtHalf_EndBeforeTheInterval(int interval, int refresh, int end)
    {
        var terms = new SessionTerms(TimeSpan.FromSeconds(interval), true);
        Assert.Equal((refresh, end), (terms.RefreshAfter.TotalSeconds, terms.EndAfter.TotalSeconds));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("-1")]
    public void SessionExpires_Faulty_IsPassedOver(string text) => Assert.Null(SessionExpires.Of(Invite(true, text)));

    [Theory]
    [InlineData(true, 0.0, 2100)]
    [InlineData(true, 0.9999, 4000)]
    [InlineData(false, 0.0, 0)]
    [InlineData(false, 0.9999, 2000)]
    public void GlareDelay_Ranges_DoNotMeet(bool ownsCallId, double random, int milliseconds) =>
        Assert.Equal(milliseconds, GlareDelay.Of(ownsCallId, random).TotalMilliseconds);

    private static SipRequest Invite(bool supported, string? expires, string? min = null)
    {
        var request = new SipRequest(SipMethods.Invite, SipUri.Parse("sip:bob@example.com"));
        if (supported)
        {
            request.Headers.Add(HeaderId.Supported, "100rel, timer");
        }

        if (expires is not null)
        {
            request.Headers.Add(HeaderId.SessionExpires, expires);
        }

        if (min is not null)
        {
            request.Headers.Add(HeaderId.MinSE, min);
        }

        return request;
    }
}
