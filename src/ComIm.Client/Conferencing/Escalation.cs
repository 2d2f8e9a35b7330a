using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Sip.Dialogs;

namespace ComIm.Client.Conferencing;

/// <summary>
/// A chat of two becomes a conference, step by step: a session to be replaced, a room, the peer moved into it by an INVITE of the
/// focus that replaces the session (RFC 3891), the old session ended. Whatever fails, the chat of two goes on.
/// </summary>
internal sealed class Escalation(ImAccount account, Conversation conversation, ConferenceControl control)
{
    private const int MaxAttempts = 3;

    // How long the peer's own move, to which ours has given way, may take to arrive.
    private static readonly TimeSpan GlarePatience = TimeSpan.FromSeconds(35);

    /// <summary>Does it.</summary>
    /// <exception cref="ImException">It failed; the reason is the peer's, the server's, or the network's.</exception>
    public async Task RunAsync()
    {
        for (var attempt = 1; !conversation.IsConference; attempt++)
        {
            await conversation.Session.StartAsync().ConfigureAwait(false);
            if (conversation.IsConference)
            {
                return;
            }

            if (await conversation.Session.HoldAsync().ConfigureAwait(false) is { } session)
            {
                try
                {
                    await MoveAsync(session).ConfigureAwait(false);
                    return;
                }
                finally
                {
                    conversation.Session.Release();
                }
            }

            if (attempt == MaxAttempts)
            {
                throw new ImException(ImError.RecipientUnavailable, $"{conversation.Peer} ends every session. Try again later.");
            }
        }
    }

    private async Task MoveAsync(InviteSession session)
    {
        var peer = conversation.Target;
        var factory = ConferenceFactory.Of(account.Settings, account.Uri);
        var (outcome, focus) = await conversation.Session.InviteFocusAsync(factory).ConfigureAwait(false);
        var room = focus is null ? null : FocusContact.RoomOf(outcome.Response);
        if (focus is null || room is null)
        {
            if (focus is not null)
            {
                conversation.Session.Leave(focus);
            }

            throw ConferenceFailures.OfFactory(outcome, factory.ToString(), account.Server);
        }

        var (status, _) = await control.ReferAsync(ReplacedDialog.ReferTo(peer, session.Dialog.Id), room).ConfigureAwait(false);
        if (status is >= 200 and < 300 && conversation.Session.MoveTo(focus, room))
        {
            return;
        }

        // The peer may be moving itself: its room is as good as ours.
        if (status == 491 && !conversation.IsConference)
        {
            await Task.WhenAny(conversation.Entered, Task.Delay(GlarePatience, account.Options.TimeProvider)).ConfigureAwait(false);
        }

        conversation.Session.Leave(focus);
        if (!conversation.IsConference)
        {
            throw ConferenceFailures.OfInvitation(status is >= 200 and < 300 ? 487 : status, peer.ToString());
        }
    }
}
