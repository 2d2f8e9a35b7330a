using System.Net.Sockets;
using ComIm.Sip;
using ComIm.Sip.Location;
using ComIm.Sip.Registration;
using ComIm.Sip.Transport;

namespace ComIm.Client.Accounts;

/// <summary>
/// Keeps an account at a server that answers: where the one in use does not, the domain's others are asked (RFC 3263 section
/// 4.3), and where this computer has another address than before, the account moves there.
/// </summary>
internal sealed class AccountRecovery(ImAccount account, ServerSearch search) : IRegistrationFailover
{
    /// <inheritdoc/>
    public async Task<SipOutcome> RegisterAsync(
        bool isLost, Func<CancellationToken, Task<SipOutcome>> attempt, CancellationToken cancellationToken)
    {
        var known = account.Agent.Outbound;
        SipOutcome? last = null;
        if (!isLost)
        {
            last = await RegisterAtAsync(known, attempt, cancellationToken).ConfigureAwait(false);
            if (!SipFailover.IsFailureOfTarget(last))
            {
                return last;
            }
        }

        try
        {
            // What went over TLS never goes over less.
            var targets = search.WalkAsync(() => known.Transport == SipTransportKind.Tls, cancellationToken)
                .Where(t => last is null || t.EndPoint != known.EndPoint || t.Transport != known.Transport);
            (_, last) = await SipFailover.SendAsync(
                targets, (target, stop) => RegisterAtAsync(target, attempt, stop), cancellationToken).ConfigureAwait(false);
            return last;
        }
        catch (SipLocationException)
        {
            // Nobody can say where another one is.
            return last ?? await RegisterAtAsync(known, attempt, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<SipOutcome> RegisterAtAsync(
        SipTarget target, Func<CancellationToken, Task<SipOutcome>> attempt, CancellationToken cancellationToken)
    {
        try
        {
            await account.MoveToAsync(target).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            throw new SipTransportException($"This computer has no way to {target.EndPoint}: {e.Message}.", e);
        }

        return await attempt(cancellationToken).ConfigureAwait(false);
    }
}
