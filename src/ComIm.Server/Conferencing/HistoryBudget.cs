namespace ComIm.Server.Conferencing;

/// <summary>
/// What the histories of all rooms may take together. One half is divided among as many rooms as there may be, so that each has
/// something whatever the others do; the other half is for whoever needs more. Safe for use by several threads.
/// </summary>
/// <param name="total">Bytes in all.</param>
/// <param name="rooms">How many rooms there may be.</param>
internal sealed class HistoryBudget(long total, int rooms)
{
    private readonly Lock _gate = new();
    private long _borrowed;

    /// <summary>Bytes that a room has without asking.</summary>
    public long OfEach { get; } = total / 2 / Math.Max(rooms, 1);

    /// <summary>Bytes that rooms have beyond what each has.</summary>
    public long Borrowed
    {
        get
        {
            lock (_gate)
            {
                return _borrowed;
            }
        }
    }

    private long MaxBorrowed => total - (OfEach * rooms);

    /// <summary>Gives a room more of the common half, or takes back what it needs no more.</summary>
    /// <param name="borrowed">What it has of it; what it has then.</param>
    /// <param name="bytes">How many bytes it keeps in all.</param>
    /// <returns>False where there is not so much; then nothing has changed.</returns>
    public bool TryKeep(ref long borrowed, long bytes)
    {
        var wanted = Math.Max(0, bytes - OfEach);
        lock (_gate)
        {
            var change = wanted - borrowed;
            if (change > 0 && _borrowed + change > MaxBorrowed)
            {
                return false;
            }

            _borrowed += change;
            borrowed = wanted;
            return true;
        }
    }
}
