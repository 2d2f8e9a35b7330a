namespace ComIm.Client.Typing;

/// <summary>The times of RFC 3994, and those of Microsoft's clients.</summary>
internal static class TypingTimes
{
    /// <summary>How long a notice counts where nothing is said (section 3.3), and what ours say.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromSeconds(120);

    /// <summary>When ours is said again: before it ends at the peer.</summary>
    public static TimeSpan Refresh { get; } = TimeSpan.FromSeconds(110);

    /// <summary>Who has typed nothing for so long has stopped (section 3.2).</summary>
    public static TimeSpan Idle { get; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a KeyboardActivity counts.</summary>
    public static TimeSpan KeyboardLifetime { get; } = TimeSpan.FromSeconds(10);

    /// <summary>When a KeyboardActivity is said again.</summary>
    public static TimeSpan KeyboardRefresh { get; } = TimeSpan.FromSeconds(5);
}
