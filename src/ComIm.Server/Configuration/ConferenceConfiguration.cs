using ComIm.Server.Conferencing;

namespace ComIm.Server.Configuration;

/// <summary>The part <c>conferences</c> of a configuration file; null keeps the default.</summary>
public sealed record ConferenceConfiguration
{
    /// <summary><see cref="ConferenceOptions.FactoryUser"/>.</summary>
    public string? Factory { get; init; }

    /// <summary><see cref="ConferenceOptions.MaxRooms"/>; 0 for no conferences.</summary>
    public int? Rooms { get; init; }

    /// <summary><see cref="ConferenceOptions.MaxRoomsPerUser"/>.</summary>
    public int? RoomsPerUser { get; init; }

    /// <summary><see cref="ConferenceOptions.MaxParticipants"/>.</summary>
    public int? Participants { get; init; }

    /// <summary><see cref="ConferenceOptions.MaxMessageBytes"/>.</summary>
    public int? MessageBytes { get; init; }

    /// <summary><see cref="ConferenceOptions.MaxWaitingBytes"/>.</summary>
    public int? WaitingBytes { get; init; }

    /// <summary><see cref="ConferenceOptions.MaxHistoryBytes"/>.</summary>
    public int? HistoryBytes { get; init; }

    /// <summary><see cref="ConferenceOptions.MaxTotalHistoryBytes"/>.</summary>
    public long? TotalHistoryBytes { get; init; }

    /// <summary><see cref="ConferenceOptions.History"/>.</summary>
    public int? History { get; init; }

    internal ConferenceOptions ToOptions()
    {
        var defaults = new ConferenceOptions();
        return new ConferenceOptions
        {
            FactoryUser = string.IsNullOrEmpty(Factory) ? defaults.FactoryUser : Factory,
            MaxRooms = Rooms ?? defaults.MaxRooms,
            MaxRoomsPerUser = RoomsPerUser ?? defaults.MaxRoomsPerUser,
            MaxParticipants = Participants ?? defaults.MaxParticipants,
            MaxMessageBytes = MessageBytes ?? defaults.MaxMessageBytes,
            MaxWaitingBytes = WaitingBytes ?? defaults.MaxWaitingBytes,
            MaxHistoryBytes = HistoryBytes ?? defaults.MaxHistoryBytes,
            MaxTotalHistoryBytes = TotalHistoryBytes ?? defaults.MaxTotalHistoryBytes,
            History = History ?? defaults.History,
        };
    }
}
