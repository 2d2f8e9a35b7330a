using System.Net;

namespace ComIm.Sip.Trace;

/// <summary>What a trace is to show.</summary>
public sealed record SipTraceLadderOptions
{
    /// <summary>The defaults: start lines only.</summary>
    public static SipTraceLadderOptions Default { get; } = new();

    /// <summary>Names of addresses; several may have one name, and are then one party. Those without one show their address.</summary>
    public IReadOnlyDictionary<IPEndPoint, string> Names { get; init; } = new Dictionary<IPEndPoint, string>();

    /// <summary>Whether the header fields are shown below each start line, secrets blanked.</summary>
    public bool HasText { get; init; }

    /// <summary>Whether bodies are shown, too; only together with <see cref="HasText"/>. They are what people write to each other.</summary>
    public bool HasBodies { get; init; }

    /// <summary>The most characters of one message's text; 16,384 by default. What is longer is cut, and says so.</summary>
    public int MaxTextLength { get; init; } = 16 * 1024;

    /// <summary>Characters between two parties of a ladder; 40 by default.</summary>
    public int ColumnWidth { get; init; } = 40;

    /// <summary>Columns of a ladder, 2 at least; 8 by default. Parties that come on top share the last.</summary>
    public int MaxParties { get; init; } = 8;
}
