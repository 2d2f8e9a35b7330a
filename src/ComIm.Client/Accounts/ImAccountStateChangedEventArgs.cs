namespace ComIm.Client.Accounts;

/// <summary>An account went from one state to another.</summary>
/// <param name="oldState">The state before.</param>
/// <param name="newState">The state now.</param>
/// <param name="cause">Why, where something went wrong.</param>
public sealed class ImAccountStateChangedEventArgs(ImAccountState oldState, ImAccountState newState, ImException? cause) : EventArgs
{
    /// <summary>The state before.</summary>
    public ImAccountState OldState { get; } = oldState;

    /// <summary>The state now.</summary>
    public ImAccountState NewState { get; } = newState;

    /// <summary>Why, where something went wrong; otherwise null.</summary>
    public ImException? Cause { get; } = cause;
}
