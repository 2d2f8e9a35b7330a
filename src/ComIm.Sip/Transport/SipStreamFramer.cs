using System.Buffers;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Transport;

/// <summary>
/// Cuts a byte stream into messages by Content-Length (RFC 3261 section 18.3), however the stream is fragmented. It is
/// fed bytes and asked for messages; it owns no socket.
/// </summary>
public sealed class SipStreamFramer
{
    private readonly SipLimits _limits;
    private readonly ArrayBufferWriter<byte> _pending = new(4096);
    private int _start;
    private int _searched;
    private SipMessage? _head;
    private int _headLength;
    private int _bodyLength;

    /// <summary>Makes a framer for one connection.</summary>
    /// <param name="limits">What is too much.</param>
    public SipStreamFramer(SipLimits? limits = null) => _limits = limits ?? SipLimits.Default;

    /// <summary>True once the stream can no longer be cut; the connection is to be closed.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>How many keep-alive pings (two line ends, RFC 5626 section 3.5.1) came in since the last call.</summary>
    public int TakePings()
    {
        var pings = _pings;
        _pings = 0;
        return pings;
    }

    private int _pings;
    private int _lineEndBytes;

    /// <summary>Takes bytes from the stream.</summary>
    /// <param name="bytes">Any number, cut anywhere.</param>
    public void Feed(ReadOnlySpan<byte> bytes) => _pending.Write(bytes);

    /// <summary>The next message, where a whole one, or a fault, is there.</summary>
    /// <param name="result">The message or the fault; after a fault <see cref="IsBroken"/> is true.</param>
    public bool TryRead(out SipParseResult result)
    {
        result = default;
        if (IsBroken || (_head is null && !TryReadHead(out result)))
        {
            return result.Rejection != SipRejection.None;
        }

        if (_pending.WrittenCount - _start < _headLength + _bodyLength)
        {
            return false;
        }

        _head!.Body = _pending.WrittenMemory.Slice(_start + _headLength, _bodyLength).ToArray();
        result = new SipParseResult(_head, SipRejection.None);
        Consume(_headLength + _bodyLength);
        _head = null;
        return true;
    }

    private bool TryReadHead(out SipParseResult result)
    {
        result = default;
        SkipLineEnds();
        var bytes = _pending.WrittenSpan[_start..];

        // The end may straddle what was searched before.
        var from = Math.Max(0, _searched - 3);
        var end = SipParser.FindHeadEnd(bytes[from..]);
        if (end < 0)
        {
            _searched = bytes.Length;
            return bytes.Length > _limits.MaxHeadLength && Break(new SipParseResult(null, SipRejection.HeadTooLong), out result);
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

        if (!parsed.IsValid)
        {
            return SkipFaulty(parsed, length!.Value, out result);
        }

        (_head, _bodyLength) = (parsed.Message, length!.Value);
        return true;
    }

    /// <summary>A faulty head whose length is known costs that message, not the connection.</summary>
    private bool SkipFaulty(SipParseResult parsed, int bodyLength, out SipParseResult result)
    {
        if (_pending.WrittenCount - _start < _headLength + bodyLength)
        {
            result = default;
            return false;
        }

        Consume(_headLength + bodyLength);
        result = parsed;
        return false;
    }

    private bool Break(SipParseResult fault, out SipParseResult result)
    {
        IsBroken = true;
        result = fault;
        return false;
    }

    private void SkipLineEnds()
    {
        var skipped = SipParser.SkipLineEnds(_pending.WrittenSpan[_start..]);
        _lineEndBytes += skipped;
        _pings += _lineEndBytes / 4;
        _lineEndBytes %= 4;
        if (_start + skipped < _pending.WrittenCount)
        {
            _lineEndBytes = 0;
        }

        if (skipped > 0)
        {
            Consume(skipped);
        }
    }

    private void Consume(int count)
    {
        _start += count;
        _searched = 0;
        if (_start == _pending.WrittenCount)
        {
            _pending.ResetWrittenCount();
            _start = 0;
        }
        else if (_start > 64 * 1024)
        {
            var rest = _pending.WrittenSpan[_start..].ToArray();
            _pending.ResetWrittenCount();
            _pending.Write(rest);
            _start = 0;
        }
    }
}
