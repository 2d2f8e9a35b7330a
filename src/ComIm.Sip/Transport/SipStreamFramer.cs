using ComIm.Sip.Messages;

namespace ComIm.Sip.Transport;

/// <summary>
/// Cuts a byte stream into messages by Content-Length (RFC 3261 section 18.3), however the stream is fragmented. It is
/// fed bytes and asked for messages; it owns no socket.
/// </summary>
public sealed class SipStreamFramer
{
    private const int FirstCapacity = 2048;
    private const int KeptCapacity = 64 * 1024;

    private readonly SipLimits _limits;
    private byte[] _buffer = new byte[FirstCapacity];
    private int _start;
    private int _end;
    private int _searched;
    private SipParseResult _head;
    private int _headLength;
    private int _bodyLength;
    private int _lineEndBytes;

    /// <summary>Makes a framer for one connection.</summary>
    /// <param name="limits">What is too much.</param>
    public SipStreamFramer(SipLimits? limits = null) => _limits = limits ?? SipLimits.Default;

    /// <summary>True once the stream can no longer be cut; the connection is to be closed.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Bytes of a message that has not come whole.</summary>
    internal int Incomplete => _end - _start;

    /// <summary>
    /// How many line ends came in between messages since the last call: two are a keep-alive ping, one is its pong (RFC 5626
    /// section 3.5.1). A pong may come right before a message, so those that stand there count, too.
    /// </summary>
    public int TakeLineEnds()
    {
        var lineEnds = _lineEndBytes / 2;
        _lineEndBytes %= 2;
        return lineEnds;
    }

    /// <summary>Takes bytes from the stream.</summary>
    /// <param name="bytes">Any number, cut anywhere.</param>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        if (_buffer.Length - _end < bytes.Length)
        {
            MakeRoom(bytes.Length);
        }

        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>The next message, where a whole one, or a fault, is there.</summary>
    /// <param name="result">The message or the fault; after a fault <see cref="IsBroken"/> is true.</param>
    public bool TryRead(out SipParseResult result)
    {
        result = default;
        if (IsBroken || (_head.Message is null && !TryReadHead(out result)))
        {
            return result.Rejection != SipRejection.None;
        }

        if (_end - _start < _headLength + _bodyLength)
        {
            return false;
        }

        // A faulty head whose length is known costs that message, not the connection.
        result = _head;
        if (result.IsValid)
        {
            result.Message!.Body = _buffer.AsSpan(_start + _headLength, _bodyLength).ToArray();
        }

        _head = default;
        Consume(_headLength + _bodyLength);
        return true;
    }

    private bool TryReadHead(out SipParseResult result)
    {
        result = default;
        SkipLineEnds();
        var bytes = _buffer.AsSpan(_start, _end - _start);

        // The end may straddle what was searched before.
        var from = Math.Max(0, _searched - 3);
        var end = SipParser.FindHeadEnd(bytes[from..]);
        if (end < 0)
        {
            _searched = bytes.Length;
            return bytes.Length > Math.Min(_limits.MaxHeadLength, SipLimits.LongestHead) && Break(new SipParseResult(null, SipRejection.HeadTooLong), out result);
        }

        _headLength = from + end;
        var parsed = SipParser.ParseHead(bytes[.._headLength].ToArray(), _limits);
        if (parsed.Message is null)
        {
            return Break(parsed, out result);
        }

        var rejection = SipParser.TryGetContentLength(parsed.Message, out var length);
        if (rejection == SipRejection.None && length is null)
        {
            // On a stream the length is mandatory (RFC 3261 section 18.3): nothing else says where the next message begins.
            rejection = SipRejection.InvalidContentLength;
        }

        if (rejection == SipRejection.None && length > _limits.MaxBodyLength)
        {
            rejection = SipRejection.BodyTooLong;
        }

        if (rejection != SipRejection.None)
        {
            return Break(new SipParseResult(parsed.Message, parsed.IsValid ? rejection : parsed.Rejection), out result);
        }

        (_head, _bodyLength) = (parsed, length!.Value);
        return true;
    }

    private bool Break(SipParseResult fault, out SipParseResult result)
    {
        IsBroken = true;
        result = fault;
        return false;
    }

    private void SkipLineEnds()
    {
        var skipped = SipParser.SkipLineEnds(_buffer.AsSpan(_start, _end - _start));
        if (skipped > 0)
        {
            _lineEndBytes += skipped;
            Consume(skipped);
        }
    }

    private void Consume(int count)
    {
        _start += count;
        _searched = 0;
        if (_start < _end)
        {
            return;
        }

        (_start, _end) = (0, 0);
        if (_buffer.Length > KeptCapacity)
        {
            // A buffer that grew for one large message is not kept for the life of the connection.
            _buffer = new byte[FirstCapacity];
        }
    }

    private void MakeRoom(int more)
    {
        var pending = _buffer.AsSpan(_start, _end - _start);
        var target = pending.Length + more <= _buffer.Length ? _buffer : new byte[Math.Max(_buffer.Length * 2, pending.Length + more)];
        pending.CopyTo(target);
        (_buffer, _start, _end) = (target, 0, pending.Length);
    }
}
