using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace ComIm.Client;

/// <summary>
/// The one way out for the events of an account: they are queued where they happen and raised one at a time, in order, on
/// a thread of the pool. A handler that throws harms only itself; one that is slow delays only the events behind it. No event is
/// dropped, since whoever follows states would be wrong from then on: where a handler does not return, what would cause more events
/// is refused at the door (<see cref="IsFull"/>), so that whoever writes learns that it is not taken.
/// </summary>
internal sealed class EventDispatcher : IAsyncDisposable
{
    /// <summary>Events that may wait; beyond that the account takes nothing new.</summary>
    public const int MaxWaiting = 50_000;

    private int _waiting;
    private int _isTold;

    private readonly Channel<Action> _queue = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ILogger _log;
    private readonly Task _loop;

    public EventDispatcher(ILogger log)
    {
        _log = log;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Queues an event; after the end it is dropped.</summary>
    public void Post(Action raise)
    {
        if (_queue.Writer.TryWrite(raise))
        {
            Interlocked.Increment(ref _waiting);
        }
    }

    /// <summary>Whether so many events wait that no more are to be caused.</summary>
    public bool IsFull
    {
        get
        {
            var isFull = Volatile.Read(ref _waiting) >= MaxWaiting;
            if (isFull && Interlocked.Exchange(ref _isTold, 1) == 0)
            {
                _log.LogError("{Count} events wait for a handler that does not return; until it does, requests are refused", MaxWaiting);
            }

            return isFull;
        }
    }

    /// <summary>Ends when every event that was queued before the call has been raised.</summary>
    public Task FlushAsync()
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_queue.Writer.TryWrite(reached.SetResult))
        {
            return _loop;
        }

        Interlocked.Increment(ref _waiting);
        return reached.Task;
    }

    /// <summary>Calls each handler of an event by itself, so that one that throws does not keep the others from theirs.</summary>
    public void Post<T>(EventHandler<T>? handlers, object sender, T args)
    {
        foreach (var handler in handlers?.GetInvocationList() ?? [])
        {
            Post(() => ((EventHandler<T>)handler)(sender, args));
        }
    }

    /// <summary>Takes no more events. Those that are queued are still raised; a handler may be the caller, so nobody waits.</summary>
    public ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends when every event has been raised after <see cref="DisposeAsync"/>.</summary>
    public Task Completion => _loop;

    private async Task RunAsync()
    {
        await foreach (var raise in _queue.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                raise();
            }
#pragma warning disable CA1031 // A handler's exception belongs to its author, not to the next handler.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _log.LogError(e, "An event handler failed");
            }

            if (Interlocked.Decrement(ref _waiting) == 0)
            {
                Volatile.Write(ref _isTold, 0);
            }
        }
    }
}
