using ComIm.Sip.Messages;

namespace ComIm.Sip.Dialogs;

/// <summary>Who takes part in sessions, and what is said about it in every request that makes or changes one.</summary>
public sealed record SessionOptions
{
    /// <summary>Our address, as it stands in From; without a tag.</summary>
    public required NameAddress Identity { get; init; }

    /// <summary>Where requests inside a dialog reach us, with whatever parameters it is to have.</summary>
    public required NameAddress Contact { get; init; }

    /// <summary>The methods we take (RFC 3261 section 20.5).</summary>
    public string Allow { get; init; } = "INVITE, ACK, CANCEL, BYE, UPDATE, MESSAGE, INFO, OPTIONS, REFER, NOTIFY";

    /// <summary>The option tags we know besides <c>timer</c> and <c>norefersub</c>.</summary>
    public IReadOnlyList<string> Supported { get; init; } = [];

    /// <summary>Session timers.</summary>
    public SessionTimerOptions Timer { get; init; } = new();
}
