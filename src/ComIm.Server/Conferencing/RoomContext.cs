using ComIm.Server.Limits;
using ComIm.Server.Proxy;

namespace ComIm.Server.Conferencing;

/// <summary>What all rooms of a server share.</summary>
/// <param name="Options">The bounds.</param>
/// <param name="Agents">Speak SIP.</param>
/// <param name="Own">What the server goes by.</param>
/// <param name="Users">The users of the domain.</param>
/// <param name="Metrics">The counters.</param>
/// <param name="Time">The clock.</param>
internal sealed record RoomContext(
    ConferenceOptions Options, FocusAgents Agents, OwnAddresses Own, IUserStore Users, ServerMetrics Metrics, TimeProvider Time)
{
    /// <summary>What the histories of all of them may take.</summary>
    public HistoryBudget Histories { get; } = new(Options.MaxTotalHistoryBytes, Options.MaxRooms);
}
