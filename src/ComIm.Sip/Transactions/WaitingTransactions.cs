using System.Net;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Transactions;

/// <summary>
/// The client transactions that wait for a final response, by where they wait for it: chains through the transactions themselves. Who
/// makes the network report failures, by a closed port or by connections that come and go, costs no look at all of them each time.
/// Safe for use by several threads.
/// </summary>
internal sealed class WaitingTransactions
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ISipTransport, Dictionary<IPEndPoint, ClientTransaction>> _byPlace = [];

    /// <summary>A transaction waits, from now on or for somebody else than before.</summary>
    /// <param name="transaction">The transaction.</param>
    public void Set(ClientTransaction transaction)
    {
        lock (_gate)
        {
            Unlink(transaction);
            var (transport, remote) = (transaction.Transport, transaction.Target.EndPoint);
            if (!_byPlace.TryGetValue(transport, out var places))
            {
                _byPlace[transport] = places = [];
            }

            transaction.WaitsAt = (transport, remote);
            if (places.TryGetValue(remote, out var first))
            {
                transaction.NextWaiting = first;
                first.PreviousWaiting = transaction;
            }

            places[remote] = transaction;
        }
    }

    /// <summary>It waits no longer.</summary>
    /// <param name="transaction">The transaction.</param>
    public void Remove(ClientTransaction transaction)
    {
        lock (_gate)
        {
            Unlink(transaction);
        }
    }

    /// <summary>Those that wait at a place.</summary>
    /// <param name="transport">Over what.</param>
    /// <param name="remote">
    /// For whom; null where the system names no address, which is certain only where all who wait, wait for the same.
    /// </param>
    public IReadOnlyList<ClientTransaction> At(ISipTransport transport, IPEndPoint? remote)
    {
        lock (_gate)
        {
            if (!_byPlace.TryGetValue(transport, out var places) || (remote is null && places.Count != 1))
            {
                return [];
            }

            var found = new List<ClientTransaction>();
            for (var next = remote is null ? places.Values.First() : places.GetValueOrDefault(remote); next is not null; next = next.NextWaiting)
            {
                found.Add(next);
            }

            return found;
        }
    }

    private void Unlink(ClientTransaction transaction)
    {
        if (transaction.WaitsAt is not var (transport, remote))
        {
            return;
        }

        if (transaction.NextWaiting is { } next)
        {
            next.PreviousWaiting = transaction.PreviousWaiting;
        }

        if (transaction.PreviousWaiting is { } previous)
        {
            previous.NextWaiting = transaction.NextWaiting;
        }
        else if (transaction.NextWaiting is { } second)
        {
            _byPlace[transport][remote] = second;
        }
        else
        {
            Forget(transport, remote);
        }

        (transaction.WaitsAt, transaction.NextWaiting, transaction.PreviousWaiting) = (null, null, null);
    }

    private void Forget(ISipTransport transport, IPEndPoint remote)
    {
        var places = _byPlace[transport];
        places.Remove(remote);
        if (places.Count == 0)
        {
            // Transports that have been replaced are let go of.
            _byPlace.Remove(transport);
        }
    }
}
