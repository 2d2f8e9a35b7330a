using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace ComIm.Sip.Transactions;

/// <summary>
/// Counts server transactions, all and by source, against the limits. Sources are counted in a fixed table of buckets chosen by a
/// hash that nobody outside can foresee: memory stays bounded whatever addresses come; two sources seldom share a bucket.
/// </summary>
internal sealed class TransactionAdmission(int maxTotal, int maxPerSource)
{
    private const int Buckets = 4096;

    private readonly int[] _bySource = new int[Buckets];
    private int _total;

    /// <summary>Counts a new transaction.</summary>
    /// <param name="source">Where it came from.</param>
    /// <param name="isExempt">Counted, but never refused: the CANCEL of what is under way.</param>
    /// <param name="bucket">The source's bucket, for <see cref="Leave"/>.</param>
    /// <returns>False where a limit is reached; then nothing is counted.</returns>
    public bool TryEnter(IPAddress source, bool isExempt, out int bucket)
    {
        bucket = BucketOf(source);
        if (Interlocked.Increment(ref _total) <= maxTotal || isExempt)
        {
            if (Interlocked.Increment(ref _bySource[bucket]) <= maxPerSource || isExempt)
            {
                return true;
            }

            Interlocked.Decrement(ref _bySource[bucket]);
        }

        Interlocked.Decrement(ref _total);
        return false;
    }

    /// <summary>A transaction is forgotten.</summary>
    public void Leave(int bucket)
    {
        Interlocked.Decrement(ref _bySource[bucket]);
        Interlocked.Decrement(ref _total);
    }

    // One host has a whole /64 of IPv6, so it counts as one source.
    private static int BucketOf(IPAddress source)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        source.TryWriteBytes(bytes, out _);
        var network = source.AddressFamily == AddressFamily.InterNetwork || source.IsIPv4MappedToIPv6
            ? BinaryPrimitives.ReadUInt32BigEndian(source.IsIPv4MappedToIPv6 ? bytes[12..] : bytes)
            : BinaryPrimitives.ReadUInt64BigEndian(bytes);
        return HashCode.Combine(network) & (Buckets - 1);
    }
}
