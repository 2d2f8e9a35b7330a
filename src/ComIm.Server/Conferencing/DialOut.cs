using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;

namespace ComIm.Server.Conferencing;

/// <summary>Asks a user into a room, at every place where he is at once; the first that takes it has him.</summary>
/// <param name="agents">Speaks for the room.</param>
/// <param name="room">The room's URI.</param>
/// <param name="time">The clock.</param>
internal sealed class DialOut(FocusAgents agents, SipUri room, TimeProvider time)
{
    // A proxy's patience (RFC 3261 timer C), and then some for who asks a human.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(200);

    /// <summary>Asks, and waits for what becomes of it.</summary>
    /// <param name="user">The user.</param>
    /// <param name="address">His address.</param>
    /// <param name="handler">Takes part in the session.</param>
    /// <param name="prepare">Completes each INVITE.</param>
    /// <param name="cancellationToken">Takes it back.</param>
    /// <returns>The session, or null and the status that says why not.</returns>
    public async Task<(InviteSession? Session, int Status)> RunAsync(
        string user, SipUri address, ISessionHandler handler, Action<SipRequest> prepare, CancellationToken cancellationToken)
    {
        var invites = agents.Find(user)
            .Select(b => agents.SessionsWith(room, user, b.Target).Invite(address, FocusDescription.Offer(agents.Address), handler, prepare))
            .ToList();
        using var patience = new CancellationTokenSource(Patience, time);
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        using var registration = cancelled.Token.Register(() => invites.ForEach(i => i.Cancel()));
        var pending = invites.Select(i => i.Completion).ToList();
        var status = 480;
        while (pending.Count > 0)
        {
            var done = await Task.WhenAny(pending).ConfigureAwait(false);
            pending.Remove(done);
            var (outcome, session) = await done.ConfigureAwait(false);
            if (session is not null && FocusDescription.IsTaken(session.RemoteBody))
            {
                invites.ForEach(i => i.Cancel());
                pending.ForEach(p => _ = EndAsync(p));
                return (session, 200);
            }

            if (session is not null)
            {
                _ = session.ByeAsync(cancellationToken: CancellationToken.None);
            }

            status = Better(status, outcome.IsSuccess ? 488 : outcome.StatusCode);
        }

        return (null, status);
    }

    // That a device did not know the session that was to be replaced, or was silent, says less than what another one said.
    private static int Better(int before, int now) => before == 480 || (before is 481 or 408 or 487 && now is not 408) ? now : before;

    private static async Task EndAsync(Task<InviteOutcome> late)
    {
        if ((await late.ConfigureAwait(false)).Session is { } session)
        {
            await session.ByeAsync().ConfigureAwait(false);
        }
    }
}
