namespace ComIm.Client.Typing;

/// <summary>How it is said that somebody is typing.</summary>
internal enum TypingForm
{
    /// <summary>By MESSAGE with <c>application/im-iscomposing+xml</c> (RFC 3994).</summary>
    IsComposing,

    /// <summary>By INFO with <c>KeyboardActivity</c>, as Microsoft's clients do.</summary>
    KeyboardActivity,
}
