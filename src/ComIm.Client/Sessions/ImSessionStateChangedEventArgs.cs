namespace ComIm.Client.Sessions;

/// <summary>An <see cref="ImSession"/> stands elsewhere than before.</summary>
/// <param name="oldState">Where it stood.</param>
/// <param name="newState">Where it stands.</param>
/// <param name="ending">Why it is over, where it is.</param>
/// <param name="cause">The refusal or the fault, where there was one.</param>
public sealed class ImSessionStateChangedEventArgs(
    ImSessionState oldState, ImSessionState newState, ImSessionEnding ending, ImException? cause) : EventArgs
{
    /// <summary>Where it stood.</summary>
    public ImSessionState OldState { get; } = oldState;

    /// <summary>Where it stands.</summary>
    public ImSessionState NewState { get; } = newState;

    /// <summary>Why it is over; <see cref="ImSessionEnding.None"/> where it is not.</summary>
    public ImSessionEnding Ending { get; } = ending;

    /// <summary>The refusal or the fault, or null.</summary>
    public ImException? Cause { get; } = cause;
}
