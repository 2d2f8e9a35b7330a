namespace ComIm.Sip.Authentication;

/// <summary>
/// Which counts of one nonce were used: the highest, and a window of those below it. Requests sent at the same time may
/// overtake each other, so a lower count is no replay as long as it comes in for the first time.
/// </summary>
internal struct NonceCounts
{
    private const int WindowSize = 64;

    private uint _highest;

    // Bit 0 is the highest itself.
    private ulong _window;

    /// <summary>True the first time that a count is shown to it, unless it lies too far behind.</summary>
    public bool Take(uint count)
    {
        if (count > _highest)
        {
            var step = count - _highest;
            _window = step >= WindowSize ? 0 : _window << (int)step;
            _window |= 1;
            _highest = count;
            return true;
        }

        var behind = _highest - count;
        var bit = 1UL << (int)Math.Min(behind, WindowSize - 1);
        if (count == 0 || behind >= WindowSize || (_window & bit) != 0)
        {
            return false;
        }

        _window |= bit;
        return true;
    }

    /// <summary>True where no count was used; from then on none can be. It is for credentials without a count.</summary>
    public bool TakeAll()
    {
        var isFirst = _highest == 0;
        (_highest, _window) = (uint.MaxValue, ulong.MaxValue);
        return isFirst;
    }
}
