namespace ComIm.Sip.Transactions;

/// <summary>The timers of one duration, the one that ends first in front: a linked list through the entries themselves.</summary>
internal sealed class TimerLane(Lock gate)
{
    private TimerQueue.Entry? _last;

    /// <summary>The lock of the queue that the lane belongs to.</summary>
    public Lock Gate { get; } = gate;

    public TimerQueue.Entry? First { get; private set; }

    public void Append(TimerQueue.Entry entry)
    {
        entry.Lane = this;
        entry.Previous = _last;
        if (_last is null)
        {
            First = entry;
        }
        else
        {
            _last.Next = entry;
        }

        _last = entry;
    }

    public void Remove(TimerQueue.Entry entry)
    {
        if (entry.Previous is null)
        {
            First = entry.Next;
        }
        else
        {
            entry.Previous.Next = entry.Next;
        }

        if (entry.Next is null)
        {
            _last = entry.Previous;
        }
        else
        {
            entry.Next.Previous = entry.Previous;
        }

        (entry.Lane, entry.Previous, entry.Next) = (null, null, null);
    }
}
