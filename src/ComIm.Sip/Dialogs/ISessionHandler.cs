using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Sip.Dialogs;

/// <summary>
/// Takes part in sessions. Every method has a default that keeps to the RFC. They are called on the stack's own threads, for
/// one dialog in the order of its requests: they may not block.
/// </summary>
public interface ISessionHandler
{
    /// <summary>A provisional response above 100 came to our INVITE.</summary>
    /// <param name="invite">The INVITE.</param>
    /// <param name="response">The response.</param>
    void OnProgress(OutgoingInvite invite, SipResponse response)
    {
    }

    /// <summary>A second branch of our INVITE answered (RFC 3261 section 13.2.2.4). It has been acknowledged.</summary>
    /// <param name="session">Its session.</param>
    /// <returns>True to keep it; false, the default, ends it by BYE.</returns>
    bool OnFurtherAnswer(InviteSession session) => false;

    /// <summary>The answer to an offer that came in the 2xx, because our INVITE had none; it goes into the ACK.</summary>
    /// <param name="session">The session.</param>
    /// <param name="response">The 2xx.</param>
    SessionBody? AnswerInAck(InviteSession session, SipResponse response) => null;

    /// <summary>The peer wants to change the session: re-INVITE or UPDATE with a body, or a re-INVITE that asks for our offer.</summary>
    /// <param name="session">The session.</param>
    /// <param name="request">The request.</param>
    /// <returns>Our answer, by default what we said last; null refuses with 488.</returns>
    ValueTask<SessionBody?> AnswerOfferAsync(InviteSession session, SipRequest request) => new(session?.LocalBody);

    /// <summary>Another request of the session: MESSAGE, INFO …. By default it is answered 405.</summary>
    /// <param name="session">The session.</param>
    /// <param name="transaction">To be answered.</param>
    void OnRequest(InviteSession session, ServerTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(transaction);
        session.RefuseMethod(transaction);
    }

    /// <summary>The peer asks us to go somewhere else (RFC 3515). By default it is declined.</summary>
    /// <param name="session">The session.</param>
    /// <param name="refer">To be accepted or rejected.</param>
    void OnRefer(InviteSession session, IncomingRefer refer)
    {
        ArgumentNullException.ThrowIfNull(refer);
        refer.Reject(603);
    }

    /// <summary>The session is over. Called once for every session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="ending">How it ended.</param>
    void OnEnded(InviteSession session, SessionEnd ending)
    {
    }
}
