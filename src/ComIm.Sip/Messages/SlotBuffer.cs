namespace ComIm.Sip.Messages;

/// <summary>Collects slots on the stack, and on the heap where a message has uncommonly many fields.</summary>
internal ref struct SlotBuffer(Span<HeaderSlot> initial)
{
    private Span<HeaderSlot> _slots = initial;

    public int Count { get; private set; }

    public readonly ReadOnlySpan<HeaderSlot> Written => _slots[..Count];

    public void Add(in HeaderSlot slot)
    {
        if (Count == _slots.Length)
        {
            var larger = new HeaderSlot[Count * 2];
            _slots.CopyTo(larger);
            _slots = larger;
        }

        _slots[Count++] = slot;
    }
}
