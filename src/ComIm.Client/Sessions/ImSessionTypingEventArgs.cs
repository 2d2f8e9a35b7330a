namespace ComIm.Client.Sessions;

/// <summary>The peer of an <see cref="ImSession"/> types, or no longer.</summary>
/// <param name="isTyping">Whether it types.</param>
public sealed class ImSessionTypingEventArgs(bool isTyping) : EventArgs
{
    /// <summary>Whether it types.</summary>
    public bool IsTyping { get; } = isTyping;
}
