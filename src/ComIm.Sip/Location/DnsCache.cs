namespace ComIm.Sip.Location;

/// <summary>
/// Answers, negative ones too, as long as they may be remembered and no longer than the limits. When it is full, what
/// would end first goes.
/// </summary>
internal sealed class DnsCache(TimeProvider time, int capacity)
{
    /// <summary>The longest that records are remembered.</summary>
    public static readonly TimeSpan MaxTimeToLive = TimeSpan.FromDays(1);

    /// <summary>The longest that "there is none" is remembered: who just set a record up does not want to wait for hours.</summary>
    public static readonly TimeSpan MaxNegativeTimeToLive = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<DnsQuestion, (DnsAnswer Answer, long Ends)> _entries = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    public DnsAnswer? Get(DnsQuestion question)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(question, out var entry))
            {
                return null;
            }

            if (time.GetTimestamp() < entry.Ends)
            {
                return entry.Answer;
            }

            _entries.Remove(question);
            return null;
        }
    }

    public void Set(DnsQuestion question, DnsAnswer answer)
    {
        var limit = answer.Kind == DnsAnswerKind.Found ? MaxTimeToLive : MaxNegativeTimeToLive;
        var timeToLive = answer.TimeToLive < limit ? answer.TimeToLive : limit;
        if (timeToLive <= TimeSpan.Zero)
        {
            return;
        }

        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (_entries.Count >= capacity && !_entries.ContainsKey(question))
            {
                MakeRoom(now);
            }

            _entries[question] = (answer, now + (long)(timeToLive.TotalSeconds * time.TimestampFrequency));
        }
    }

    private void MakeRoom(long now)
    {
        foreach (var ended in _entries.Where(e => e.Value.Ends <= now).Select(e => e.Key).ToList())
        {
            _entries.Remove(ended);
        }

        if (_entries.Count >= capacity)
        {
            _entries.Remove(_entries.MinBy(e => e.Value.Ends).Key);
        }
    }
}
