using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using ComIm.Client;

namespace ComIm.PowerShell;

/// <summary>
/// What work off the pipeline thread has to say, queued until the pipeline thread says it: the engine takes objects
/// and errors from that thread only.
/// </summary>
internal sealed class PipelineWriter
{
    // A monitor, not a channel: the pipeline thread can only block, and each hop over the thread pool would cost a message its pace.
    private readonly object _gate = new();
    private readonly Queue<Action<Cmdlet>> _queue = new();
    private bool _isComplete;

    /// <summary>Emits an object.</summary>
    /// <param name="value">The object.</param>
    public void Output(object value) => Add(cmdlet => cmdlet.WriteObject(value));

    /// <summary>
    /// Emits an object and waits until the rest of the pipeline has dealt with it: what a pipeline that ends early did not see
    /// is not used up.
    /// </summary>
    /// <param name="value">The object.</param>
    /// <param name="cancellationToken">The pipeline has ended.</param>
    public Task OutputAsync(object value, CancellationToken cancellationToken)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Add(cmdlet =>
        {
            cmdlet.WriteObject(value);
            written.SetResult();
        });
        return written.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Reports a non-terminating error.</summary>
    /// <param name="record">The error.</param>
    public void Error(ErrorRecord record) => Add(cmdlet => cmdlet.WriteError(record));

    /// <summary>Warns.</summary>
    /// <param name="text">The text.</param>
    public void Warning(string text) => Add(cmdlet => cmdlet.WriteWarning(text));

    /// <summary>Says something to who asked for <c>-Verbose</c>.</summary>
    /// <param name="text">The text.</param>
    public void Verbose(string text) => Add(cmdlet => cmdlet.WriteVerbose(text));

    /// <summary>Shows a SIP message to who asked for <c>-Verbose</c>: a rung of the ladder.</summary>
    /// <param name="entry">The message.</param>
    public void Trace(ImTraceEntry entry) => Verbose(entry.ToString());

    /// <summary>There is nothing more to say; what comes later, such as a last trace entry, is dropped.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _isComplete = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Says it all, on the caller's thread, until <see cref="Complete"/>.</summary>
    /// <param name="cmdlet">The cmdlet that speaks.</param>
    /// <param name="cancellationToken">Stops early.</param>
    public void Pump(Cmdlet cmdlet, CancellationToken cancellationToken)
    {
        using var stop = cancellationToken.UnsafeRegister(_ => Wake(), null);
        while (TryTake(cancellationToken, out var write))
        {
            write(cmdlet);
        }
    }

    private bool TryTake(CancellationToken cancellationToken, [NotNullWhen(true)] out Action<Cmdlet>? write)
    {
        lock (_gate)
        {
            while (!_queue.TryDequeue(out write))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_isComplete)
                {
                    return false;
                }

                Monitor.Wait(_gate);
            }

            return true;
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            Monitor.Pulse(_gate);
        }
    }

    private void Add(Action<Cmdlet> write)
    {
        lock (_gate)
        {
            if (!_isComplete)
            {
                _queue.Enqueue(write);
                Monitor.Pulse(_gate);
            }
        }
    }
}
