namespace ComIm.Client.Messaging.Cpim;

/// <summary>The names of RFC 5438 in an envelope.</summary>
internal static class ImdnNames
{
    /// <summary>The namespace of its headers.</summary>
    public const string Space = "urn:ietf:params:imdn";

    public const string MessageId = "Message-ID";

    public const string Disposition = "Disposition-Notification";

    public const string PositiveDelivery = "positive-delivery";

    public const string NegativeDelivery = "negative-delivery";

    public const string Display = "display";
}
