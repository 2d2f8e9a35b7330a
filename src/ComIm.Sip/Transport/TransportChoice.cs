namespace ComIm.Sip.Transport;

/// <summary>A transport and where to send over it.</summary>
/// <param name="Transport">Over what.</param>
/// <param name="Target">Where to; of the same kind.</param>
internal sealed record TransportChoice(ISipTransport Transport, SipTarget Target)
{
    /// <summary>What is tried when no connection can be made; null where nothing is.</summary>
    public TransportChoice? Fallback { get; init; }
}
