namespace ComIm.Com.Interop;

/// <summary>The thread on which a sink is called.</summary>
internal interface ISinkThread
{
    /// <summary>Whether the caller is on it.</summary>
    bool IsCurrent { get; }

    /// <summary>Whether the thread has ended, so that nothing can be delivered any more.</summary>
    bool IsGone { get; }

    /// <summary>Serves a queue from now on, until it is released.</summary>
    void Serve(IDeliveryQueue queue);

    /// <summary>There is something to deliver. Never blocks; superfluous calls are cheap.</summary>
    void Wake();

    /// <summary>
    /// There is one event more in a queue, or it is closed. Who serves several queues calls sinks in the order of these calls.
    /// Never blocks.
    /// </summary>
    void Wake(SinkQueue queue) => Wake();
}
