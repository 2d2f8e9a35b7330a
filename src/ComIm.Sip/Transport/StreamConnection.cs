using System.Buffers;
using System.Net;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Transport;

/// <summary>One TCP or TLS connection: frames what comes in, and writes what goes out in order, many messages at once.</summary>
internal sealed class StreamConnection : IAsyncDisposable
{
    /// <summary>Bytes that may wait for a slow peer; beyond that senders are refused, not memory filled.</summary>
    private const int MaxPending = 4 * 1024 * 1024;

    private readonly Stream _stream;
    private readonly ISipTransport _transport;
    private readonly SipLimits _limits;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private ArrayBufferWriter<byte> _pending = new(4096);
    private ArrayBufferWriter<byte> _writing = new(4096);
    private bool _isWriting;
    private bool _isClosed;

    public StreamConnection(Stream stream, IPEndPoint remote, ISipTransport transport, SipLimits limits)
    {
        _stream = stream;
        Remote = remote;
        _transport = transport;
        _limits = limits;
    }

    public IPEndPoint Remote { get; }

    /// <summary>Queues one message.</summary>
    /// <exception cref="SipTransportException">The connection is closed, or the peer has stopped reading.</exception>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                throw new SipTransportException($"The connection to {Remote} is closed.");
            }

            if (_pending.WrittenCount + bytes.Length > MaxPending)
            {
                throw new SipTransportException($"{Remote} does not read what is sent to it.");
            }

            _pending.Write(bytes);
            if (_isWriting)
            {
                return;
            }

            _isWriting = true;
        }

        _ = Task.Run(WriteAsync);
    }

    /// <summary>Receives until the connection ends; then says so.</summary>
    public async Task ReceiveAsync(ISipTransportReceiver receiver)
    {
        var framer = new SipStreamFramer(_limits);
        var buffer = GC.AllocateUninitializedArray<byte>(16 * 1024);
        Exception? cause = null;
        try
        {
            while (!framer.IsBroken && await _stream.ReadAsync(buffer, _stop.Token).ConfigureAwait(false) is var count and > 0)
            {
                framer.Feed(buffer.AsSpan(0, count));
                while (framer.TryRead(out var result))
                {
                    receiver.OnReceived(_transport, Remote, result);
                }

                for (var pings = framer.TakePings(); pings > 0; pings--)
                {
                    Send("\r\n"u8);
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or SipTransportException)
        {
            cause = e;
        }

        Close();
        if (!_stop.IsCancellationRequested)
        {
            receiver.OnFailed(_transport, Remote, new SipTransportException($"The connection to {Remote} was lost.", cause));
        }
    }

    public async ValueTask DisposeAsync()
    {
        // What is queued goes out first: the answer to the last request is among it.
        Task? writing;
        lock (_gate)
        {
            writing = _isWriting ? (_written ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task : null;
        }

        if (writing is not null)
        {
            await Task.WhenAny(writing, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System)).ConfigureAwait(false);
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        Close();
        await _stream.DisposeAsync().ConfigureAwait(false);
    }

    private TaskCompletionSource? _written;

    private async Task WriteAsync()
    {
        try
        {
            while (true)
            {
                lock (_gate)
                {
                    if (_pending.WrittenCount == 0 || _isClosed)
                    {
                        _isWriting = false;
                        _written?.TrySetResult();
                        return;
                    }

                    (_pending, _writing) = (_writing, _pending);
                }

                await _stream.WriteAsync(_writing.WrittenMemory, _stop.Token).ConfigureAwait(false);
                _writing.ResetWrittenCount();
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The receive loop sees the same end and reports it.
            Close();
            await _stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _written?.TrySetResult();
        }
    }
}
