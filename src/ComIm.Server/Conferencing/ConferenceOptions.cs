namespace ComIm.Server.Conferencing;

/// <summary>What a server's conference focus is told.</summary>
public sealed record ConferenceOptions
{
    /// <summary>The user part of the factory's address (RFC 4579 section 5.4), which no user may have.</summary>
    public string FactoryUser { get; init; } = "conference-factory";

    /// <summary>Rooms at once; 1,000. With 0 there are no conferences.</summary>
    public int MaxRooms { get; init; } = 1_000;

    /// <summary>Rooms at once that one user has begun; 50.</summary>
    public int MaxRoomsPerUser { get; init; } = 50;

    /// <summary>Participants of one room, those who are being invited included; 100.</summary>
    public int MaxParticipants { get; init; } = 100;

    /// <summary>The longest message that is passed on, in bytes; 128 KiB. A longer one is answered 413.</summary>
    public int MaxMessageBytes { get; init; } = 128 * 1024;

    /// <summary>
    /// Bytes that may wait for one participant; 4 MiB. Who takes messages more slowly than that is out, as with more than 500 of them. All
    /// participants share what waits, so a room holds little more than this, and what its history holds.
    /// </summary>
    public int MaxWaitingBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Bytes of the messages that <see cref="History"/> keeps in a room; 1 MiB. The oldest go first.</summary>
    public int MaxHistoryBytes { get; init; } = 1024 * 1024;

    /// <summary>
    /// Bytes that the histories of all rooms take together; 64 MiB. Half of them is divided among <see cref="MaxRooms"/>, so that every
    /// room has something; where the other half is given out, a room's oldest go.
    /// </summary>
    public long MaxTotalHistoryBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// Messages that a room keeps for those who come late, or come back; 0, the default, keeps none: whoever is asked in sees
    /// nothing of what was said before.
    /// </summary>
    public int History { get; init; }
}
