using ComIm.Server.Proxy;
using ComIm.Sip.Messages;

namespace ComIm.Server.Tests.Proxy;

/// <summary>How Max-Breadth is read and divided (RFC 5393 section 5).</summary>
public sealed class BreadthTests
{
    [Theory]
    [InlineData(60, 3, new[] { 20, 20, 20 })]
    [InlineData(60, 1, new[] { 60 })]
    [InlineData(7, 3, new[] { 3, 2, 2 })]
    [InlineData(3, 3, new[] { 1, 1, 1 })]
    [InlineData(2, 3, new[] { 1, 1 })]
    [InlineData(1, 20, new[] { 1 })]
    public void Share_OfSeveralPlaces_IsEven(int breadth, int places, int[] expected) => Assert.Equal(expected, Breadth.Share(breadth, places));

    [Fact]
    public void Share_OfEveryBreadth_IsAllThatCameInAndOneAtLeastEach()
    {
        for (var breadth = 1; breadth <= Breadth.Max; breadth++)
        {
            for (var places = 1; places <= 25; places++)
            {
                var shares = Breadth.Share(breadth, places);
                Assert.Equal((breadth, Math.Min(breadth, places)), (shares.Sum(), shares.Length));
                Assert.All(shares, s => Assert.InRange(s, 1, breadth));
            }
        }
    }

    [Theory]
    [InlineData(null, 60)]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    [InlineData(" 007 ", 7)]
    [InlineData("60", 60)]
    [InlineData("61", 60)]
    [InlineData("4294967295", 60)]
    public void Of_ARequest_IsWhatItSaysWithinTheBound(string? value, int expected) => Assert.Equal(expected, Breadth.Of(With(value)));

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("1, 2")]
    [InlineData("0x10")]
    [InlineData("4294967296")]
    public void MaxBreadth_ThatIsNoNumber_IsNone(string value) => Assert.Null(With(value).MaxBreadth);

    [Fact]
    public void LoopMark_OfARequestThatGoesElsewhere_IsAnother()
    {
        var request = With("3");
        var mark = LoopMark.Of(request);
        Assert.Equal(mark, LoopMark.Of(request.Copy()));
        Assert.NotEqual(mark, LoopMark.Of(request.CopyTo(SipUri.Parse("sip:carol@example.com"))));
        var routed = request.Copy();
        routed.Headers.Add(HeaderId.Route, "<sip:192.0.2.1;lr>");
        Assert.NotEqual(mark, LoopMark.Of(routed));

        // What changes from hop to hop without a say in where it goes would hide a loop.
        var later = request.Copy();
        later.Headers.Set(HeaderId.MaxForwards, "12");
        later.Headers.Set(HeaderId.MaxBreadth, "1");
        later.Headers.Add(HeaderId.Via, "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKother");
        Assert.Equal(mark, LoopMark.Of(later));
    }

    private static SipRequest With(string? value)
    {
        var request = new SipRequest(SipMethods.Message, SipUri.Parse("sip:bob@example.com"));
        request.Headers.Add(HeaderId.CallId, "1");
        if (value is not null)
        {
            request.Headers.Add("max-breadth", value);
        }

        return request;
    }
}
