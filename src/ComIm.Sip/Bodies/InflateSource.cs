using System.Runtime.InteropServices;

namespace ComIm.Sip.Bodies;

/// <summary>
/// Compressed bytes as a stream that notes when more was asked for than there is: the framework's decompressors end
/// quietly where their input does, and a cut text would pass for the whole.
/// </summary>
internal sealed class InflateSource : MemoryStream
{
    private InflateSource(ArraySegment<byte> bytes)
        : base(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
    {
    }

    /// <summary>True once a read has found nothing left.</summary>
    public bool IsExhausted { get; private set; }

    public static InflateSource Of(ReadOnlyMemory<byte> bytes) =>
        new(MemoryMarshal.TryGetArray(bytes, out var segment) ? segment : new ArraySegment<byte>(bytes.ToArray()));

    public override int Read(Span<byte> buffer) => Note(base.Read(buffer));

    public override int Read(byte[] buffer, int offset, int count) => Note(base.Read(buffer, offset, count));

    private int Note(int count)
    {
        IsExhausted |= count == 0;
        return count;
    }
}
