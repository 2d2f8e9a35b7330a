using System.Management.Automation;
using ComIm.Client;
using ComIm.Client.Accounts;

namespace ComIm.PowerShell;

/// <summary>
/// A cmdlet whose work is asynchronous: it runs off the pipeline thread, what it says is written from the pipeline
/// thread, and Ctrl+C cancels it.
/// </summary>
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    /// <summary>How long cancelled work may take to end tidily; people expect their prompt back within a second.</summary>
    private protected static readonly TimeSpan StopLimit = TimeSpan.FromMilliseconds(700);

    private readonly CancellationTokenSource _stop = new();
    private bool? _isVerbose;

    /// <summary>Cancelled by Ctrl+C.</summary>
    private protected CancellationToken Stopped => _stop.Token;

    /// <summary>Whether anybody sees the SIP messages; making lines of them for nobody would cost half the pace.</summary>
    private protected bool IsVerbose => _isVerbose ??= MyInvocation.BoundParameters.TryGetValue("Verbose", out var asked)
        ? asked is SwitchParameter { IsPresent: true }
        : GetVariableValue("VerbosePreference") is not (null or ActionPreference.SilentlyContinue or ActionPreference.Ignore);

    /// <summary>Ends the cmdlet's resources; the engine calls it.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ctrl+C, or the end of a pipeline that needs no more.</summary>
    protected override void StopProcessing()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended in the same moment.
        }
    }

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
    /// <param name="connection">The connection whose SIP messages <c>-Verbose</c> shows; null where there is none.</param>
    /// <param name="work">The work; it speaks through the writer only.</param>
    private protected void Run(ImConnection? connection, Func<PipelineWriter, CancellationToken, Task> work)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var writer = new PipelineWriter();
        var traced = IsVerbose ? connection : null;
        traced?.Traced += writer.Trace;
        var running = BeginAsync(work, writer, ending.Token);
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
            traced?.Traced -= writer.Trace;
            if (!running.IsCompleted)
            {
                ending.Cancel();
                Task.WhenAny(running, Task.Delay(StopLimit, TimeProvider.System, CancellationToken.None)).GetAwaiter().GetResult();
            }
        }
    }

    /// <summary>Runs work on one item; its failure is one error, and the pipeline goes on.</summary>
    /// <param name="connection">The connection whose SIP messages <c>-Verbose</c> shows; null where there is none.</param>
    /// <param name="target">What an error is about.</param>
    /// <param name="work">The work.</param>
    /// <returns>False where it failed.</returns>
    private protected bool TryRun(ImConnection? connection, object target, Func<PipelineWriter, CancellationToken, Task> work)
    {
        try
        {
            Run(connection, work);
            return true;
        }
        catch (ImException e)
        {
            WriteError(ImErrorTable.Record(e, target));
            return false;
        }
    }

    /// <summary>Signs a connection in. Where the pipeline is stopped in the instant of success, nobody would know of it: it is signed out again.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="settings">Who signs in, and where.</param>
    /// <param name="seconds">The limit.</param>
    /// <exception cref="ImException">It failed.</exception>
    private protected void SignIn(ImConnection connection, ImAccountSettings settings, int seconds)
    {
        try
        {
            Run(connection, (_, stopped) => WithinAsync(
                seconds,
                $"The server did not answer within {seconds} s: check -Server and -Transport, or raise -TimeoutSec.",
                ending => connection.SignInAsync(settings, ending),
                stopped));
        }
        catch (PipelineStoppedException)
        {
            _ = connection.DiscardAsync();
            throw;
        }
    }

    /// <summary>Limits work in time.</summary>
    /// <param name="seconds">The limit.</param>
    /// <param name="advice">What failed and what to do, for people.</param>
    /// <param name="work">The work.</param>
    /// <param name="stopped">Ctrl+C.</param>
    /// <exception cref="ImException"><see cref="ImError.Timeout"/>.</exception>
    private protected static async Task WithinAsync(
        int seconds, string advice, Func<CancellationToken, Task> work, CancellationToken stopped)
    {
        using var timer = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), TimeProvider.System);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopped, timer.Token);
        try
        {
            await work(ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !stopped.IsCancellationRequested)
        {
            throw new ImException(ImError.Timeout, advice);
        }
    }

    /// <summary>The connection that was named, or the default; where there is neither, the cmdlet ends.</summary>
    /// <param name="named">What the user named.</param>
    private protected ImConnection Resolve(ImConnection? named) => (named ?? ConnectionTable.Default) ?? throw EndNotSignedIn();

    /// <summary>The connection of a conversation; where it is closed, the cmdlet ends.</summary>
    /// <param name="found">What the table knows.</param>
    private protected ImConnection Demand(ImConnection? found) => found ?? throw EndNotSignedIn();

    /// <summary>Ends the cmdlet with an error.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="target">What it is about.</param>
    private protected Exception End(ImException exception, object? target)
    {
        ThrowTerminatingError(ImErrorTable.Record(exception, target));
        return exception;
    }

    /// <summary>Work up to its first wait is done here, on the pipeline thread; the rest elsewhere.</summary>
    private static async Task BeginAsync(Func<PipelineWriter, CancellationToken, Task> work, PipelineWriter writer, CancellationToken stopped)
    {
        try
        {
            await work(writer, stopped).ConfigureAwait(false);
        }
        finally
        {
            writer.Complete();
        }
    }

    private InvalidOperationException EndNotSignedIn()
    {
        ThrowTerminatingError(ImErrorTable.NotSignedIn());
        return new InvalidOperationException();
    }
}
