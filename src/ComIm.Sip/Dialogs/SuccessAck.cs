using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Dialogs;

/// <summary>The ACK of one 2xx: sent on the first, and the same again on every copy (RFC 3261 section 13.2.2.4).</summary>
internal sealed class SuccessAck(SipUserAgent agent, Dialog dialog)
{
    private readonly Lock _gate = new();
    private SipRequest? _ack;
    private SipTarget? _target;
    private Task _sending = Task.CompletedTask;

    /// <summary>A 2xx has come in.</summary>
    /// <param name="invite">The INVITE as it was sent.</param>
    /// <param name="createAnswer">Makes the body of the ACK; called once.</param>
    public void Send(SipRequest invite, Func<SessionBody?> createAnswer)
    {
        lock (_gate)
        {
            if (_ack is null)
            {
                _ack = dialog.CreateAck(invite);
                createAnswer()?.WriteTo(_ack);
            }

            _sending = SendAsync(_sending, _ack);
        }
    }

    private async Task SendAsync(Task previous, SipRequest ack)
    {
        await previous.ConfigureAwait(false);
        _target ??= await agent.LocateAsync(dialog.NextHop, CancellationToken.None).ConfigureAwait(false);
        await agent.Stack.SendOnceAsync(ack, _target.Value).ConfigureAwait(false);
    }
}
