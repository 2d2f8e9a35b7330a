namespace ComIm.Client.Messaging.Receipts;

/// <summary>
/// How many receipts of an account wait to be sent. Whoever asks for them decides how many there are, and how long each takes by
/// not answering it: beyond the most they are dropped.
/// </summary>
internal sealed class WaitingReceipts
{
    /// <summary>The most for one person: others are told of theirs while that one answers nothing.</summary>
    public const int MaxOfConversation = 1000;

    /// <summary>The most for everybody together.</summary>
    public const int MaxOfAccount = 4000;

    private int _count;

    /// <summary>Takes a place; false where there is none.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _count) <= MaxOfAccount)
        {
            return true;
        }

        Interlocked.Decrement(ref _count);
        return false;
    }

    /// <summary>Gives a place back.</summary>
    public void Leave() => Interlocked.Decrement(ref _count);
}
