namespace ComIm.Com.Interop;

/// <summary>What a thread delivers from: calls that wait for it.</summary>
internal interface IDeliveryQueue
{
    /// <summary>Whether nothing will ever come out of it again; its thread forgets it then.</summary>
    bool IsReleased { get; }

    /// <summary>Delivers. Called on the thread only.</summary>
    /// <param name="limit">At most this many calls.</param>
    /// <returns>Whether more are waiting.</returns>
    bool Deliver(int limit);
}
