using System.Net;

namespace ComIm.TestKit;

/// <summary>One run of a SIPp scenario.</summary>
public sealed record SippOptions
{
    /// <summary>The scenario's XML file.</summary>
    public required string Scenario { get; init; }

    /// <summary>Whom it calls; null for a scenario that waits to be called.</summary>
    public IPEndPoint? Remote { get; init; }

    /// <summary>TCP, with one connection, instead of UDP.</summary>
    public bool Tcp { get; init; }

    /// <summary>Its own port on 127.0.0.1; any free one by default.</summary>
    public int? Port { get; init; }

    /// <summary>After how many calls it ends.</summary>
    public int Calls { get; init; } = 1;

    /// <summary>How many calls it starts in a second.</summary>
    public int CallsPerSecond { get; init; } = 10;

    /// <summary>After how long it gives up, and fails. In whole seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What else goes on its command line: <c>-s</c>, <c>-key</c>, <c>-au</c>, <c>-ap</c>, <c>-inf</c>, …</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}
