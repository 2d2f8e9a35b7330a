using ComIm.Client.Accounts;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Client.Sessions;

/// <summary>
/// A request has come in that a program of its own kind handles. It is answered 200 when the handlers have returned, unless one of
/// them has answered it, or has taken the answer upon itself by <see cref="Defer"/>.
/// </summary>
public sealed class ImRequestReceivedEventArgs : EventArgs
{
    private readonly ServerTransaction _transaction;
    private int _isAnswered;

    internal ImRequestReceivedEventArgs(ServerTransaction transaction) => _transaction = transaction;

    /// <summary>The request.</summary>
    public SipRequest Request => _transaction.Request;

    internal bool IsDeferred { get; private set; }

    /// <summary>Offers a request to those who listen.</summary>
    /// <returns>False where nobody does.</returns>
    internal static bool TryOffer(
        ImAccount account, object sender, EventHandler<ImRequestReceivedEventArgs>? handlers, ServerTransaction transaction)
    {
        if (handlers is null)
        {
            return false;
        }

        var received = new ImRequestReceivedEventArgs(transaction);
        account.Events.Post(handlers, sender, received);
        account.Events.Post(() =>
        {
            if (!received.IsDeferred)
            {
                received.Answer(200);
            }
        });
        return true;
    }

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

        _transaction.Respond(statusCode);
        return true;
    }
}
