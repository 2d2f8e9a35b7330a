using System.Globalization;
using System.Runtime.InteropServices;
using ComIm.Com.Automation.Callbacks;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Observables;

/// <summary>
/// Something that is under way, as in Promises/A+: it ends once, with a result or with an error, and callbacks are never called
/// before <see cref="Then"/> has returned. Each callback is called at most once, so none is ever dropped.
/// </summary>
[ClassInterface(ClassInterfaceType.None)]
[ComDefaultInterface(typeof(IComImPromise))]
internal sealed class Promise : DispatchObject, IComImPromise
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<Action>? _reactions = [];
    private bool _isResolved;
    private object? _result;
    private Error? _error;

    private Promise()
    {
    }

    private enum Standing
    {
        Pending,
        Fulfilled,
        Rejected,
    }

    public object? Result => _ended.Task.IsCompleted ? _result : null;

    public string State => Now.ToString();

    public IComImError? Error => _ended.Task.IsCompleted ? _error : null;

    private Standing Now => !_ended.Task.IsCompleted ? Standing.Pending : _error is null ? Standing.Fulfilled : Standing.Rejected;

    /// <summary>A promise that is kept.</summary>
    public static Promise Of(object? result)
    {
        var promise = new Promise();
        promise.End(result, null);
        return promise;
    }

    /// <summary>A promise that is broken.</summary>
    public static Promise Rejected(Error error)
    {
        var promise = new Promise();
        promise.End(null, error);
        return promise;
    }

    /// <summary>The promise of what an operation gives. It runs off the caller's thread, which a host may keep busy.</summary>
    public static Promise Run(Func<Task<object?>> operation)
    {
        var promise = new Promise();
        _ = Task.Run(async () =>
        {
            try
            {
                promise.Resolve(await operation().ConfigureAwait(false));
            }
#pragma warning disable CA1031 // Whatever it is, the promise tells it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                promise.End(null, Observables.Error.Of(e));
            }
        });
        return promise;
    }

    /// <summary>The promise of an operation that gives nothing.</summary>
    public static Promise Run(Func<Task> operation) => Run(async () =>
    {
        await operation().ConfigureAwait(false);
        return (object?)null;
    });

    public IComImPromise Then(object? ok = null, object? failed = null)
    {
        var next = new Promise();
        var onOk = Callback.TryTake(ok);
        var onFailed = Callback.TryTake(failed);
        React(() =>
        {
            (_error is null ? onFailed : onOk)?.Release();
            if ((_error is null ? onOk : onFailed) is not { } callback)
            {
                next.End(_result, _error);
            }
            else if (!callback.Post(() => next.EndWith(callback, _error is null ? _result : _error)))
            {
                next.End(null, new Error(HResults.Abort, "Aborted", "The thread of the callback has ended."));
            }
        });
        return next;
    }

    public object? Wait(int timeoutMs = -1)
    {
        if (!PumpingWait.Until(_ended.Task, timeoutMs < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(timeoutMs)))
        {
            throw new HResultException(
                HResults.TimedOut, string.Create(CultureInfo.InvariantCulture, $"It has not ended within {timeoutMs} ms, and goes on."));
        }

        return _error is null ? _result : throw _error.ToException();
    }

    // What a callback gives ends the promise of Then.
    private void EndWith(Callback callback, object? argument)
    {
        var result = callback.Invoke([argument]);
        callback.Release();
        if (result.HResult < 0)
        {
            End(null, Observables.Error.Of(result));
        }
        else
        {
            Resolve(result.Value);
        }
    }

    // Another promise is waited for, as Promises/A+ 2.3 says.
    private void Resolve(object? value)
    {
        if (value == this)
        {
            End(null, new Error(HResults.InvalidArgument, "BadArgument", "A promise cannot wait for itself."));
        }
        else if (value is Promise other)
        {
            other.React(() => End(other._result, other._error));
        }
        else
        {
            End(value is Nothing ? null : value, null);
        }
    }

    private void End(object? result, Error? error)
    {
        List<Action> reactions;
        lock (_gate)
        {
            if (_isResolved)
            {
                return;
            }

            _isResolved = true;
            _result = result;
            _error = error;
            reactions = _reactions!;
            _reactions = null;
            _ended.SetResult();
        }

        foreach (var reaction in reactions)
        {
            reaction();
        }
    }

    private void React(Action reaction)
    {
        lock (_gate)
        {
            if (_reactions != null)
            {
                _reactions.Add(reaction);
                return;
            }
        }

        reaction();
    }
}
