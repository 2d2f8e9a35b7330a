using System.Management.Automation;
using ComIm.Client;

namespace ComIm.PowerShell;

/// <summary>
/// A cmdlet whose work is asynchronous: it runs off the pipeline thread, what it says is written from the pipeline
/// thread, and Ctrl+C cancels it.
/// </summary>
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    /// <summary>How long cancelled work may take to end tidily; people expect their prompt back within a second.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromMilliseconds(700);

    private readonly CancellationTokenSource _stop = new();

    /// <summary>Ends the cmdlet's resources; the engine calls it.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ctrl+C, or the end of a pipeline that needs no more.</summary>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Ends the cmdlet's resources.</summary>
    /// <param name="disposing">False from a finalizer, of which there is none.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
        }
    }

    /// <summary>Runs work to its end, and returns then. Its exceptions come out here.</summary>
    /// <param name="connection">The connection whose SIP messages <c>-Verbose</c> shows.</param>
    /// <param name="work">The work; it speaks through the writer only.</param>
    private protected void Run(ImConnection connection, Func<PipelineWriter, CancellationToken, Task> work)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var writer = new PipelineWriter();
        void Trace(ImTraceEntry entry) =>
            writer.Verbose($"{entry.Local} {(entry.Sent ? "->" : "<-")} {entry.Remote} {entry.Transport}  {entry.Summary}");

        connection.Traced += Trace;
        var token = ending.Token;
        var running = Task.Run(() => work(writer, token), CancellationToken.None);
        _ = running.ContinueWith(_ => writer.Complete(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        try
        {
            writer.Pump(this, _stop.Token);
            running.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            // Also where writing threw, because the pipeline needs no more: the work must not outlive its cmdlet.
            connection.Traced -= Trace;
            ending.Cancel();
            Task.WhenAny(running, Task.Delay(StopLimit, TimeProvider.System, CancellationToken.None)).GetAwaiter().GetResult();
        }
    }

    /// <summary>The connection that was named, or the default; where there is neither, the cmdlet ends.</summary>
    /// <param name="named">What the user named.</param>
    private protected ImConnection Resolve(ImConnection? named)
    {
        if ((named ?? ConnectionTable.Default) is { } connection)
        {
            return connection;
        }

        var exception = new ImException(ImError.NotSignedIn, "Nobody is signed in: run Connect-ImServer first.");
        ThrowTerminatingError(ImErrorTable.Record(exception, target: null));
        throw exception;
    }
}
