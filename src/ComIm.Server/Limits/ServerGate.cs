using ComIm.Sip.Transactions;

namespace ComIm.Server.Limits;

/// <summary>Lets a request in, or answers it 503 where it is too many.</summary>
internal sealed class ServerGate(PendingRequests pending, ServerLimits limits, ServerMetrics metrics)
{
    /// <summary>Counts a request by where it comes from.</summary>
    /// <param name="transaction">The request.</param>
    public bool TryEnter(ServerTransaction transaction)
    {
        metrics.Count(transaction.Request.Method);
        if (pending.TryEnter(transaction.Source.Address, PlacesOf(transaction)))
        {
            return true;
        }

        metrics.Refuse(transaction, "source", limits.RetryAfter);
        return false;
    }

    /// <summary>Ends what <see cref="TryEnter(ServerTransaction)"/> began.</summary>
    /// <param name="transaction">The same.</param>
    public void Leave(ServerTransaction transaction) => pending.Leave(transaction.Source.Address, PlacesOf(transaction));

    /// <summary>Counts a request by its sender, too.</summary>
    /// <param name="transaction">The request.</param>
    /// <param name="user">The user who has proved to be its sender.</param>
    public bool TryEnter(ServerTransaction transaction, string user)
    {
        if (pending.TryEnter(user, PlacesOf(transaction)))
        {
            return true;
        }

        metrics.Refuse(transaction, "user", limits.RetryAfter);
        return false;
    }

    /// <summary>Ends what <see cref="TryEnter(ServerTransaction, string)"/> began.</summary>
    /// <param name="transaction">The request.</param>
    /// <param name="user">The same.</param>
    public void Leave(ServerTransaction transaction, string user) => pending.Leave(user, PlacesOf(transaction));

    // A long request is kept in memory as long as a short one: it counts as many of those.
    private static int PlacesOf(ServerTransaction transaction) => 1 + (transaction.Request.Body.Length / ServerLimits.BytesOfPlace);
}
