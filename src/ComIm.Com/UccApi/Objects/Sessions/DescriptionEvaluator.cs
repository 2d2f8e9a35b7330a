using ComIm.Com.Automation.Callbacks;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>
/// The application's evaluator, called on the thread that has registered it where that is a single-threaded apartment, as its sinks are;
/// the invitation waits meanwhile. It may fail as any of an application's objects may.
/// </summary>
internal sealed class DescriptionEvaluator(_IUccSessionDescriptionEvaluator evaluator)
{
    /// <summary>More invitations than this do not wait for an application that does not pump.</summary>
    public const int Capacity = 64;

    private readonly CallQueue _calls = CallQueue.ForCaller();
    private int _waiting;

    /// <summary>Whether the application wants sessions of this description; false, too, where it cannot be asked.</summary>
    public Task<bool> EvaluateAsync(string contentType, string description)
    {
        var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.Increment(ref _waiting) > Capacity || !_calls.Enqueue(Ask))
        {
            Interlocked.Decrement(ref _waiting);
            return Task.FromResult(false);
        }

        return answer.Task;

        void Ask()
        {
            Interlocked.Decrement(ref _waiting);
            answer.SetResult(Evaluate(contentType, description));
        }
    }

    /// <summary>It is not asked again, and let go of on its own thread.</summary>
    public void Close() => _calls.Enqueue(() => (evaluator as ScriptEvaluator)?.Release());

    private bool Evaluate(string contentType, string description)
    {
        try
        {
            return evaluator.Evaluate(contentType, description);
        }
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
