namespace ComIm.Client.Conversations;

/// <summary>What becomes of a session that somebody else begins.</summary>
public enum IncomingConversations
{
    /// <summary>It is accepted at once, as a pager message is: whoever signs in can be written to.</summary>
    Accept,

    /// <summary><see cref="Accounts.ImAccount.ConversationRequested"/> is raised; where nobody listens it is answered 480.</summary>
    Ask,

    /// <summary>It is answered 480.</summary>
    Reject,
}
