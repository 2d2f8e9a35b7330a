using System.Buffers;

namespace ComIm.Sip.Transactions;

/// <summary>
/// Records of any length, forgotten in the order in which they came. They stand one behind the other in pooled chunks, so that the
/// garbage collector has a few arrays of bytes to look at instead of an object a record, and nothing to move. For one thread.
/// </summary>
internal sealed class RecordLog
{
    /// <summary>The longest record: a response that fills a datagram, what it is found by, and where it goes.</summary>
    public const int LongestRecord = 1 << OffsetBits;

    private const int OffsetBits = 18;
    private const int SmallestChunk = 4096;

    // Large enough to be left where it is by the collector.
    private const int LargestChunk = 128 * 1024;

    private Chunk[] _chunks = new Chunk[4];
    private long _first;
    private long _end;
    private int _firstOffset;
    private long _bytes;

    /// <summary>True where nothing is kept.</summary>
    public bool IsEmpty => _bytes == 0;

    /// <summary>Where the oldest record begins.</summary>
    public long First => (_first << OffsetBits) | (uint)_firstOffset;

    /// <summary>Makes room for a record behind the others.</summary>
    /// <param name="length">Up to <see cref="LongestRecord"/>.</param>
    /// <param name="record">Its bytes, to be written.</param>
    /// <returns>Its position.</returns>
    public long Append(int length, out Span<byte> record)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, LongestRecord);
        if (_first == _end || LastChunk.Bytes.Length - LastChunk.Used < length)
        {
            AddChunk(length);
        }

        ref var chunk = ref LastChunk;
        var offset = chunk.Used;
        record = chunk.Bytes.AsSpan(offset, length);
        chunk.Used += length;
        _bytes += length;
        return ((_end - 1) << OffsetBits) | (uint)offset;
    }

    /// <summary>The bytes from a record's beginning on; what follows it there are others.</summary>
    public Span<byte> At(long position)
    {
        ref var chunk = ref ChunkAt(position >> OffsetBits);
        return chunk.Bytes.AsSpan((int)(position & (LongestRecord - 1))..chunk.Used);
    }

    /// <summary>The position of the record behind one; the end where there is none.</summary>
    public long Next(long position, int length)
    {
        var (chunk, offset) = (position >> OffsetBits, (int)(position & (LongestRecord - 1)) + length);
        return offset < ChunkAt(chunk).Used ? (chunk << OffsetBits) | (uint)offset : (chunk + 1) << OffsetBits;
    }

    /// <summary>True for the position behind the last record.</summary>
    public bool IsEnd(long position) => position >> OffsetBits == _end;

    /// <summary>Forgets the oldest record.</summary>
    /// <param name="length">Its length.</param>
    public void RemoveFirst(int length)
    {
        _bytes -= length;
        _firstOffset += length;
        if (_firstOffset == ChunkAt(_first).Used)
        {
            Release(_first++);
            _firstOffset = 0;
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        for (; _first < _end; _first++)
        {
            Release(_first);
        }

        (_bytes, _firstOffset) = (0, 0);
    }

    private ref Chunk LastChunk => ref ChunkAt(_end - 1);

    private ref Chunk ChunkAt(long number) => ref _chunks[number & (_chunks.Length - 1)];

    private void AddChunk(int length)
    {
        if (_end - _first == _chunks.Length)
        {
            var larger = new Chunk[_chunks.Length * 2];
            for (var i = _first; i < _end; i++)
            {
                larger[i & (larger.Length - 1)] = ChunkAt(i);
            }

            _chunks = larger;
        }

        // A quiet stack holds little; a busy one has few chunks.
        var size = Math.Max(length, (int)Math.Clamp(_bytes / 4, SmallestChunk, LargestChunk));
        ChunkAt(_end++) = new Chunk { Bytes = ArrayPool<byte>.Shared.Rent(size) };
    }

    private void Release(long number)
    {
        ref var chunk = ref ChunkAt(number);
        ArrayPool<byte>.Shared.Return(chunk.Bytes);
        chunk = default;
    }

    private struct Chunk
    {
        public byte[] Bytes;
        public int Used;
    }
}
