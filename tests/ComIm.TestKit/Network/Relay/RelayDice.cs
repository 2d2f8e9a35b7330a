namespace ComIm.TestKit;

/// <summary>Says what becomes of each thing that passes a relay, by a seed, and counts it.</summary>
/// <param name="seed">The same seed throws the same dice.</param>
public sealed class RelayDice(int seed)
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private long _passed;
    private long _lost;
    private long _doubled;
    private long _reordered;

    /// <summary>What is thrown for from now on.</summary>
    public RelayConditions Conditions { get; set; } = RelayConditions.Perfect;

    /// <summary>What became of all so far.</summary>
    public RelayCounts Counts
    {
        get
        {
            lock (_gate)
            {
                return new RelayCounts(_passed, _lost, _doubled, _reordered);
            }
        }
    }

    /// <summary>How long each copy of a datagram is on its way; none where it is lost.</summary>
    public IReadOnlyList<TimeSpan> ThrowForDatagram()
    {
        lock (_gate)
        {
            var conditions = Conditions;
            if (Happens(conditions.Loss))
            {
                _lost++;
                return [];
            }

            _passed++;
            var delay = conditions.Delay * _random.NextDouble();
            if (Happens(conditions.Reordering))
            {
                _reordered++;
                delay += conditions.Detour;
            }

            if (!Happens(conditions.Duplication))
            {
                return [delay];
            }

            _doubled++;
            return [delay, conditions.Delay * _random.NextDouble()];
        }
    }

    /// <summary>How much of a stream goes on, and after how long; null where the connection breaks.</summary>
    /// <param name="available">How many bytes there are.</param>
    public (int Length, TimeSpan Delay)? ThrowForPiece(int available)
    {
        lock (_gate)
        {
            var conditions = Conditions;
            if (Happens(conditions.Loss))
            {
                _lost++;
                return null;
            }

            _passed++;
            return (_random.Next(1, Math.Min(available, conditions.MaxPiece) + 1), conditions.Delay * _random.NextDouble());
        }
    }

    private bool Happens(double share) => share > 0 && _random.NextDouble() < share;
}
