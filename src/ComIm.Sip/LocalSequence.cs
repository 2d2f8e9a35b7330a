namespace ComIm.Sip;

/// <summary>The CSeq numbers of one side of a dialog or registration: each is used once, and requests leave in their order.</summary>
internal sealed class LocalSequence
{
    private readonly Lock _gate = new();

    /// <summary>Begins behind a number.</summary>
    /// <param name="last">The number used last; 0 where the first is to be 1.</param>
    public LocalSequence(uint last) => Last = last;

    /// <summary>The number used last.</summary>
    public uint Last { get; private set; }

    /// <summary>Takes the next number and uses it before anybody can take another.</summary>
    /// <param name="use">Sends the request; it may not wait.</param>
    public void Take(Action<uint> use)
    {
        lock (_gate)
        {
            use(++Last);
        }
    }
}
