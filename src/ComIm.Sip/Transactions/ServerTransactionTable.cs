namespace ComIm.Sip.Transactions;

/// <summary>
/// The server transactions that are under way, by key: a hash table whose chains go through the transactions themselves, so that
/// coming and going costs no memory. Safe for use by several threads.
/// </summary>
internal sealed class ServerTransactionTable
{
    private const int FewestHeads = 64;

    private readonly Lock _gate = new();
    private ServerTransaction?[] _heads = new ServerTransaction?[FewestHeads];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>The transaction of a key, or null.</summary>
    public ServerTransaction? Find(ReadOnlySpan<byte> key, int hash)
    {
        lock (_gate)
        {
            return FindInChain(key, hash);
        }
    }

    /// <summary>Adds a transaction; false where there is one of its key.</summary>
    public bool TryAdd(ServerTransaction transaction)
    {
        lock (_gate)
        {
            if (FindInChain(transaction.Key, transaction.KeyHash) is not null)
            {
                return false;
            }

            if (_count == _heads.Length)
            {
                Spread();
            }

            ref var head = ref HeadOf(transaction.KeyHash);
            (transaction.NextInTable, head) = (head, transaction);
            _count++;
            return true;
        }
    }

    /// <summary>Removes a transaction; false where it is not there.</summary>
    public bool Remove(ServerTransaction transaction)
    {
        lock (_gate)
        {
            ServerTransaction? before = null;
            for (var next = HeadOf(transaction.KeyHash); next is not null; (before, next) = (next, next.NextInTable))
            {
                if (!ReferenceEquals(next, transaction))
                {
                    continue;
                }

                if (before is null)
                {
                    HeadOf(transaction.KeyHash) = transaction.NextInTable;
                }
                else
                {
                    before.NextInTable = transaction.NextInTable;
                }

                transaction.NextInTable = null;
                _count--;
                return true;
            }

            return false;
        }
    }

    /// <summary>Forgets every transaction.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _heads = new ServerTransaction?[FewestHeads];
            _count = 0;
        }
    }

    private ServerTransaction? FindInChain(ReadOnlySpan<byte> key, int hash)
    {
        var transaction = HeadOf(hash);
        while (transaction is not null && !(transaction.KeyHash == hash && key.SequenceEqual(transaction.Key)))
        {
            transaction = transaction.NextInTable;
        }

        return transaction;
    }

    private ref ServerTransaction? HeadOf(int hash) => ref _heads[hash & (_heads.Length - 1)];

    /// <summary>Twice as many chains, each half as long.</summary>
    private void Spread()
    {
        var old = _heads;
        _heads = new ServerTransaction?[old.Length * 2];
        foreach (var first in old)
        {
            for (var transaction = first; transaction is not null;)
            {
                var next = transaction.NextInTable;
                ref var head = ref HeadOf(transaction.KeyHash);
                (transaction.NextInTable, head) = (head, transaction);
                transaction = next;
            }
        }
    }
}
