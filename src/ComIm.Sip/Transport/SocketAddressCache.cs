using System.Collections.Concurrent;
using System.Net;

namespace ComIm.Sip.Transport;

/// <summary>
/// The addresses of peers in the form of the system and in that of the framework. Most datagrams are from and to the same few
/// peers, and making an address anew for each would be most of what a datagram allocates.
/// </summary>
internal sealed class SocketAddressCache
{
    /// <summary>Peers remembered; a flood of forged sources costs a fresh start, not memory.</summary>
    private const int Capacity = 8192;

    private readonly ConcurrentDictionary<SocketAddress, IPEndPoint> _endPoints = new();
    private readonly ConcurrentDictionary<IPEndPoint, SocketAddress> _addresses = new();

    /// <summary>The endpoint of an address; the address may be changed afterwards.</summary>
    public IPEndPoint Of(SocketAddress address)
    {
        if (_endPoints.TryGetValue(address, out var known))
        {
            return known;
        }

        var key = new SocketAddress(address.Family, address.Size);
        address.Buffer.Span[..address.Size].CopyTo(key.Buffer.Span);
        var endPoint = (IPEndPoint)new IPEndPoint(IPAddress.Any, 0).Create(address);
        Trim(_endPoints);
        _endPoints[key] = endPoint;
        return endPoint;
    }

    /// <summary>The address of an endpoint; it may not be changed.</summary>
    public SocketAddress Of(IPEndPoint endPoint)
    {
        if (_addresses.TryGetValue(endPoint, out var known))
        {
            return known;
        }

        Trim(_addresses);
        return _addresses[endPoint] = endPoint.Serialize();
    }

    private static void Trim<TKey, TValue>(ConcurrentDictionary<TKey, TValue> addresses)
        where TKey : notnull
    {
        if (addresses.Count >= Capacity)
        {
            addresses.Clear();
        }
    }
}
