using ComIm.Sip.Events;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Tests.Events;

/// <summary>RFC 6665 section 4.1.3, and the statuses of 4.1.2.2.</summary>
public sealed class SubscriptionRetryTests
{
    [Theory]
    [InlineData("deactivated", null, 0)]
    [InlineData("deactivated", 90, 0)]
    [InlineData("timeout", null, 0)]
    [InlineData("probation", 90, 90)]
    [InlineData("probation", null, 60)]
    [InlineData("giveup", 90, 90)]
    [InlineData("giveup", null, 60)]
    [InlineData("rejected", 90, null)]
    [InlineData("noresource", 90, null)]
    [InlineData("invariant", null, null)]
    [InlineData(null, null, 60)]
    [InlineData("made-up", 5, 5)]
    [InlineData("probation", 1_000_000, 1800)]
    public void Termination_Reason_SaysWhetherAndWhen(string? reason, int? retryAfter, int? seconds)
    {
        var decision = SubscriptionRetry.AfterTermination(reason, retryAfter is { } r ? TimeSpan.FromSeconds(r) : null);
        Assert.Equal(seconds is { } s ? RetryDecision.After(TimeSpan.FromSeconds(s)) : RetryDecision.Never, decision);
    }

    [Theory]
    [InlineData(481, null, 0)]
    [InlineData(503, 20, 20)]
    [InlineData(408, null, 60)]
    [InlineData(489, null, null)]
    [InlineData(403, null, null)]
    [InlineData(404, 30, 30)]
    public void Refusal_Status_SaysWhetherAndWhen(int status, int? retryAfter, int? seconds)
    {
        var decision = SubscriptionRetry.AfterRefusal(status, retryAfter is { } r ? TimeSpan.FromSeconds(r) : null);
        Assert.Equal(seconds is { } s ? RetryDecision.After(TimeSpan.FromSeconds(s)) : RetryDecision.Never, decision);
    }

    [Fact]
    public void Delay_FailuresInARow_GrowsAndIsBounded()
    {
        var now = RetryDecision.After(TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, SubscriptionRetry.Delay(now, 1, 1));
        Assert.Equal(TimeSpan.FromSeconds(4), SubscriptionRetry.Delay(now, 2, 1));
        Assert.Equal(TimeSpan.FromSeconds(2), SubscriptionRetry.Delay(now, 2, 0));
        Assert.Equal(TimeSpan.FromMinutes(30), SubscriptionRetry.Delay(now, 1000, 1));
        Assert.Equal(TimeSpan.FromMinutes(5), SubscriptionRetry.Delay(RetryDecision.After(TimeSpan.FromMinutes(5)), 3, 1));
    }

    [Theory]
    [InlineData(481, true)]
    [InlineData(404, true)]
    [InlineData(489, true)]
    [InlineData(408, true)]
    [InlineData(604, true)]
    [InlineData(500, false)]
    [InlineData(503, false)]
    [InlineData(403, false)]
    [InlineData(486, false)]
    public void Refusal_InsideSubscription_EndsItOrNot(int status, bool ends) => Assert.Equal(ends, SubscriptionErrors.EndsSubscription(status));

    [Theory]
    [InlineData("Terminated ; reason=Rejected;retry-after=7", "terminated", "rejected", null, 7)]
    [InlineData("active;expires=600", "active", null, 600, null)]
    [InlineData("pending", "pending", null, null, null)]
    [InlineData("active;expires=x", "active", null, null, null)]
    public void StateHeader_IsRead(string text, string state, string? reason, int? expires, int? retryAfter)
    {
        var request = new SipRequest(SipMethods.Notify, SipUri.Parse("sip:a@example.com"));
        request.Headers.Add(HeaderId.SubscriptionState, text);
        var expected = new SubscriptionStateHeader(
            state, reason, expires is { } e ? TimeSpan.FromSeconds(e) : null, retryAfter is { } r ? TimeSpan.FromSeconds(r) : null);
        Assert.Equal(expected, SubscriptionStateHeader.Of(request));
    }
}
