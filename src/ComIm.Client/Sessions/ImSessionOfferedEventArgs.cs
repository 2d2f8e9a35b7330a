namespace ComIm.Client.Sessions;

/// <summary>Somebody begins a session and waits for the answer: three minutes at most, then it is refused with 480.</summary>
/// <param name="session">The session, to be accepted or rejected, now or later.</param>
public sealed class ImSessionOfferedEventArgs(ImSession session) : EventArgs
{
    /// <summary>The session, to be accepted or rejected, now or later.</summary>
    public ImSession Session { get; } = session;
}
