using System.Buffers;
using System.Text;

namespace ComIm.Sip.Messages;

/// <summary>Writes bytes into a pooled buffer that grows; the owner returns it with <see cref="Dispose"/>.</summary>
internal struct SipBufferWriter : IDisposable
{
    private byte[] _buffer;
    private int _length;

    public SipBufferWriter(int capacity) => _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    public readonly ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    public void Write(scoped ReadOnlySpan<byte> bytes)
    {
        if (_buffer.Length - _length < bytes.Length)
        {
            Grow(bytes.Length);
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Writes text as UTF-8.</summary>
    public void WriteText(string text)
    {
        var most = text.Length * 3;
        if (_buffer.Length - _length < most)
        {
            Grow(most);
        }

        _length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length));
    }

    public void WriteNumber(int number)
    {
        if (_buffer.Length - _length < 11)
        {
            Grow(11);
        }

        System.Buffers.Text.Utf8Formatter.TryFormat(number, _buffer.AsSpan(_length), out var written);
        _length += written;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Grow(int more)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + more));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
