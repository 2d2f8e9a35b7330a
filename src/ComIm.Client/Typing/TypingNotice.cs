namespace ComIm.Client.Typing;

/// <summary>What one side says of its typing.</summary>
/// <param name="Form">How it was said.</param>
/// <param name="IsActive">Whether it types.</param>
/// <param name="Lifetime">After how long it is over if it is not said again.</param>
internal readonly record struct TypingNotice(TypingForm Form, bool IsActive, TimeSpan Lifetime);
