using System.Reflection;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Callbacks;

/// <summary>
/// What a script hands over to be called: a JScript function, a VBScript <c>GetRef</c> or an object with a default method, any
/// IDispatch with a default member; from C# also a delegate. It is called on the thread that handed it over where that is a
/// single-threaded apartment, when the thread pumps messages or waits inside one of our calls.
/// </summary>
internal abstract class Callback
{
    private readonly CallQueue _queue;

    /// <summary>Takes a callback of the calling thread.</summary>
    /// <param name="queue">Where its calls wait; the caller's own queue by default.</param>
    protected Callback(CallQueue? queue = null) => _queue = queue ?? CallQueue.ForCaller();

    /// <summary>Whether it hung when too many did already, so that it is not called again.</summary>
    public bool IsGivenUp => _queue.IsGivenUp;

    /// <summary>Whether the caller is on the callback's own thread.</summary>
    protected bool IsOnItsThread => _queue.IsCurrent;

    /// <summary>Takes an argument as a callback; null where there is none.</summary>
    /// <exception cref="HResultException">It cannot be called.</exception>
    public static Callback? TryTake(object? value)
    {
        if (value is null or DBNull or Missing or Nothing)
        {
            return null;
        }

        return ManagedCallback.TryCreate(value)
            ?? (Callback?)(OperatingSystem.IsWindows() ? NativeCallback.TryCreate(value) : null)
            ?? throw new HResultException(HResults.TypeMismatch, "A function is wanted here, or an object with a default method.");
    }

    /// <summary>Takes an argument that has to be a callback.</summary>
    /// <exception cref="HResultException">It cannot be called, or there is none.</exception>
    public static Callback Take(object? value) => TryTake(value)
        ?? throw new HResultException(HResults.InvalidArgument, "A function is wanted here, or an object with a default method.");

    /// <summary>Calls it now, on this thread; what it throws is in the result, as is what its arguments or its value cannot be made into.</summary>
    /// <param name="arguments">In the order in which a reader writes them.</param>
    public CallResult Invoke(object?[] arguments)
    {
        try
        {
            return Call(arguments);
        }
#pragma warning disable CA1031 // Above it there is nobody: a window procedure, or a thread of ours. The host's process would end.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var cause = e is TargetInvocationException { InnerException: { } thrown } ? thrown : e;
            return new CallResult(cause.HResult < 0 ? cause.HResult : HResults.Fail, null, cause.Message);
        }
    }

    /// <summary>Calls it.</summary>
    /// <param name="arguments">The same.</param>
    protected abstract CallResult Call(object?[] arguments);

    /// <summary>Has something done on the callback's thread.</summary>
    /// <returns>False where that thread has ended.</returns>
    public bool Post(Action call) => _queue.Enqueue(call);

    /// <summary>Wakes the callback's thread once more.</summary>
    /// <returns>False where that thread has ended.</returns>
    public bool Wake() => _queue.Wake();

    /// <summary>Lets go of the host's object.</summary>
    public virtual void Release()
    {
    }
}
