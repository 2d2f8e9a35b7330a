namespace ComIm.Com.Interop;

/// <summary>The thread on which a sink is called.</summary>
internal interface ISinkThread
{
    /// <summary>Whether the caller is on it.</summary>
    bool IsCurrent { get; }

    /// <summary>Serves a queue from now on, until it is closed.</summary>
    void Serve(SinkQueue queue);

    /// <summary>There is one more event in a queue, or it is closed. Never blocks.</summary>
    void Wake(SinkQueue queue);

    /// <summary>An earlier wake-up may have failed. Never blocks; superfluous calls are cheap.</summary>
    void Nudge();
}
