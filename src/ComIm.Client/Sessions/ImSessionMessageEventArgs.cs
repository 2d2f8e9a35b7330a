using ComIm.Client.Messaging;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Client.Sessions;

/// <summary>
/// A message has come in over an <see cref="ImSession"/>. It is answered 200 when the handlers have returned, unless one of
/// them has answered it, or has taken the answer upon itself by <see cref="Defer"/>.
/// </summary>
public sealed class ImSessionMessageEventArgs : EventArgs
{
    private readonly ServerTransaction? _transaction;
    private readonly Action<int>? _onAnswer;
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isAnswered;

    internal ImSessionMessageEventArgs(MessageContent content, ServerTransaction? transaction, Action<int>? onAnswer = null)
    {
        Content = content;
        (_transaction, _onAnswer) = (transaction, onAnswer);
    }

    /// <summary>What it says.</summary>
    public MessageContent Content { get; }

    /// <summary>The request itself; null for a text that came with the INVITE.</summary>
    public SipRequest? Request => _transaction?.Request;

    /// <summary>Whether it has been answered.</summary>
    public bool IsAnswered => Volatile.Read(ref _isAnswered) != 0;

    /// <summary>Done when it has been answered.</summary>
    internal Task Answered => _answered.Task;

    internal bool IsDeferred { get; private set; }

    /// <summary>The handler answers later.</summary>
    public void Defer() => IsDeferred = true;

    /// <summary>Answers.</summary>
    /// <param name="statusCode">200, or why it is not taken.</param>
    /// <returns>False where it had been answered before.</returns>
    public bool Answer(int statusCode)
    {
        if (Interlocked.Exchange(ref _isAnswered, 1) != 0)
        {
            return false;
        }

        _onAnswer?.Invoke(statusCode);
        _transaction?.Respond(statusCode);
        _answered.TrySetResult();
        return true;
    }
}
