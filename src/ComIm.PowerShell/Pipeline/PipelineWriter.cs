using System.Management.Automation;
using System.Threading.Channels;
using ComIm.Client;

namespace ComIm.PowerShell;

/// <summary>
/// What work off the pipeline thread has to say, queued until the pipeline thread says it: the engine takes objects
/// and errors from that thread only.
/// </summary>
internal sealed class PipelineWriter
{
    private readonly Channel<Action<Cmdlet>> _queue =
        Channel.CreateUnbounded<Action<Cmdlet>>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Emits an object.</summary>
    /// <param name="value">The object.</param>
    public void Output(object value) => Add(cmdlet => cmdlet.WriteObject(value));

    /// <summary>Emits an object and waits until the rest of the pipeline has dealt with it: what a pipeline that ends early did not see is not used up.</summary>
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

    /// <summary>Says something to who asked for <c>-Verbose</c>.</summary>
    /// <param name="text">The text.</param>
    public void Verbose(string text) => Add(cmdlet => cmdlet.WriteVerbose(text));

    /// <summary>Shows a SIP message to who asked for <c>-Verbose</c>: a rung of the ladder.</summary>
    /// <param name="entry">The message.</param>
    public void Trace(ImTraceEntry entry) =>
        Verbose($"{entry.Local} {(entry.Sent ? "->" : "<-")} {entry.Remote} {entry.Transport}  {entry.Summary}");

    /// <summary>There is nothing more to say; what comes later, such as a last trace entry, is dropped.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>Says it all, on the caller's thread, until <see cref="Complete"/>.</summary>
    /// <param name="cmdlet">The cmdlet that speaks.</param>
    /// <param name="cancellationToken">Stops early.</param>
    public void Pump(Cmdlet cmdlet, CancellationToken cancellationToken)
    {
        while (_queue.Reader.WaitToReadAsync(cancellationToken).AsTask().GetAwaiter().GetResult())
        {
            while (_queue.Reader.TryRead(out var write))
            {
                write(cmdlet);
            }
        }
    }

    private void Add(Action<Cmdlet> write) => _queue.Writer.TryWrite(write);
}
