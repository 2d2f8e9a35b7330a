using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Sip.Dialogs;

/// <summary>REFER inside a session (RFC 3515), both ways. Its reports outlive the session where they have to (RFC 5057).</summary>
public sealed partial class InviteSession
{
    /// <summary>Asks the peer to go somewhere.</summary>
    /// <param name="referTo">Where to, as it stands in Refer-To: <c>method</c> and <c>Replaces</c> included.</param>
    /// <param name="progress">Sees how it goes; may not block.</param>
    /// <param name="prepare">Completes the REFER before it is sent.</param>
    public OutgoingRefer Refer(NameAddress referTo, Action<ReferProgress>? progress = null, Action<SipRequest>? prepare = null)
    {
        ArgumentNullException.ThrowIfNull(referTo);
        return OutgoingRefer.Start(_agent, Dialog, Dialog.CreateRequest(SipMethods.Refer), referTo, progress, prepare);
    }

    private void OnRefer(ServerTransaction transaction)
    {
        if (IncomingRefer.Read(_agent, Dialog, transaction) is { } refer)
        {
            _handler.OnRefer(this, refer);
        }
    }
}
