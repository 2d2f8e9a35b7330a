using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Sip.Dialogs;

/// <summary>What a dialog is used for: a session, a subscription. A dialog may serve several (RFC 5057).</summary>
public interface IDialogUsage
{
    /// <summary>A request of the dialog, in order. Called on the receive loop: it may not block.</summary>
    /// <param name="transaction">Its transaction.</param>
    /// <returns>True where this usage answers it, now or later.</returns>
    bool TryHandle(ServerTransaction transaction);

    /// <summary>The ACK of a 2xx.</summary>
    /// <param name="ack">The ACK.</param>
    void OnAck(SipRequest ack)
    {
    }
}
