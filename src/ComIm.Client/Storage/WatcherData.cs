using ComIm.Client.Presence;

namespace ComIm.Client.Storage;

/// <summary>Who may watch, in the file.</summary>
internal sealed record WatcherData
{
    /// <summary>What becomes of those who are not named.</summary>
    public WatcherPolicy Policy { get; init; }

    /// <summary>Addresses of those who may.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>Addresses of those who may not, and whose messages are refused.</summary>
    public IReadOnlyList<string> Blocked { get; init; } = [];
}
