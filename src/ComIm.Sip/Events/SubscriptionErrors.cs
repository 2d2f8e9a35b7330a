namespace ComIm.Sip.Events;

/// <summary>Which refusals of a SUBSCRIBE or NOTIFY inside a subscription end it (RFC 6665 sections 4.1.2.2, 4.2.2; RFC 5057).</summary>
public static class SubscriptionErrors
{
    /// <summary>True where the subscription is over; false where it lasts as long as was granted.</summary>
    /// <param name="statusCode">300 to 699. 408 stands for silence.</param>
    public static bool EndsSubscription(int statusCode) =>
        statusCode is 404 or 405 or 408 or 410 or 416 or (>= 480 and <= 485) or 489 or 501 or 604;
}
