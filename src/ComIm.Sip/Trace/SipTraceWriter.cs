namespace ComIm.Sip.Trace;

/// <summary>
/// Writes a trace as it happens: give <see cref="Record"/> to <see cref="SipStackOptions.Trace"/>. Safe for use by several
/// stacks and threads. It writes so much and no more, and a writer that fails ends the trace, never the stack.
/// </summary>
public sealed class SipTraceWriter
{
    private readonly TextWriter _output;
    private readonly SipTraceLadderOptions _options;
    private readonly long _maxLength;
    private readonly Lock _gate = new();
    private DateTimeOffset? _start;
    private long _written;
    private bool _hasEnded;

    /// <summary>Makes one.</summary>
    /// <param name="output">Where to; it is not closed.</param>
    /// <param name="options">Names, and what is shown; start lines only where null.</param>
    /// <param name="maxLength">The most characters in all; 64 M by default.</param>
    public SipTraceWriter(TextWriter output, SipTraceLadderOptions? options = null, long maxLength = 64 * 1024 * 1024)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentOutOfRangeException.ThrowIfNegative(maxLength);
        _output = output;
        _options = options ?? SipTraceLadderOptions.Default;
        _maxLength = maxLength;
    }

    /// <summary>How many messages are not in the trace, since it was full or could not be written.</summary>
    public long Dropped { get; private set; }

    /// <summary>Writes one message.</summary>
    /// <param name="entry">The message.</param>
    public void Record(SipTraceEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (_gate)
        {
            if (_hasEnded)
            {
                Dropped++;
                return;
            }

            var text = SipTraceLadder.FormatLine(entry, _start ??= entry.Time, _options);
            if (_written + text.Length > _maxLength)
            {
                Dropped++;
                _hasEnded = true;
                text = "(the trace is full)\n";
            }

            _written += text.Length;
            Write(text);
        }
    }

    private void Write(string text)
    {
        try
        {
            _output.Write(text);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            Dropped += _hasEnded ? 0 : 1;
            _hasEnded = true;
        }
    }
}
