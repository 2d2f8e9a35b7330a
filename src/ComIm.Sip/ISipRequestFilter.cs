using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Sip;

/// <summary>
/// Sees requests on the receive loop, in the order in which they came. What belongs to a dialog depends on that order (RFC
/// 3261 section 12.2.2); everything else goes on to the stack's handler. Implementations may not block.
/// </summary>
public interface ISipRequestFilter
{
    /// <summary>A new request.</summary>
    /// <param name="transaction">Its transaction.</param>
    /// <returns>True where the filter answers it, now or later; false leaves it to the stack's handler.</returns>
    bool TryTake(ServerTransaction transaction);

    /// <summary>The ACK of a 2xx, possibly not for the first time. It has no transaction and is never answered.</summary>
    /// <param name="ack">The ACK.</param>
    void OnAck(SipRequest ack);
}
