namespace ComIm.Client.Messaging;

/// <summary>How an account sends messages.</summary>
public enum MessagingMode
{
    /// <summary>
    /// In the session where the conversation has one, or had one; otherwise as pager messages. Where the peer takes no
    /// sessions, what was written for one is sent as pager messages; where it takes no pager messages (405, 481, 488, 501), a session
    /// is begun for them.
    /// </summary>
    Auto,

    /// <summary>Always in a session (INVITE with <c>m=message</c>); the first message begins it.</summary>
    Session,

    /// <summary>Always as pager messages (RFC 3428); incoming sessions are answered 488.</summary>
    Pager,
}
