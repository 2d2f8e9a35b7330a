namespace ComIm.Sip.Transport.Streams;

/// <summary>Counts the bytes of messages that have not come whole, over all connections that others have made to one transport.</summary>
/// <param name="most">How many there may be.</param>
internal sealed class IncompleteBytes(long most)
{
    // What a connection may hold in any case: most messages are shorter, and their senders are to feel nothing of an attack.
    private const int Free = 64 * 1024;

    private long _total;

    /// <summary>A connection holds more, or less, than before.</summary>
    /// <param name="before">What it held.</param>
    /// <param name="now">What it holds.</param>
    /// <returns>False where that is too much.</returns>
    public bool Change(int before, int now) =>
        Interlocked.Add(ref _total, now - before) <= most || now <= Math.Max(before, Free);
}
