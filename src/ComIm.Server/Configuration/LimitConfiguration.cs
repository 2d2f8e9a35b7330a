using ComIm.Server.Limits;
using ComIm.Server.Storage;

namespace ComIm.Server.Configuration;

/// <summary>The part <c>limits</c> of a configuration file; null keeps the default.</summary>
public sealed record LimitConfiguration
{
    /// <summary><see cref="ServerLimits.MaxPending"/>.</summary>
    public int? Pending { get; init; }

    /// <summary><see cref="ServerLimits.MaxPendingPerSource"/>.</summary>
    public int? PendingPerSource { get; init; }

    /// <summary><see cref="ServerLimits.MaxPendingPerUser"/>.</summary>
    public int? PendingPerUser { get; init; }

    /// <summary><see cref="ServerLimits.MaxRegistrations"/>.</summary>
    public int? Registrations { get; init; }

    /// <summary><see cref="MessageStoreOptions.MaxTotal"/>.</summary>
    public int? StoredMessages { get; init; }

    /// <summary><see cref="MessageStoreOptions.MaxPerUser"/>.</summary>
    public int? StoredMessagesPerUser { get; init; }

    /// <summary><see cref="MessageStoreOptions.MaxPerSender"/>.</summary>
    public int? StoredMessagesPerSender { get; init; }

    /// <summary><see cref="MessageStoreOptions.MaxBytes"/>.</summary>
    public int? StoredMessageBytes { get; init; }

    /// <summary><see cref="MessageStoreOptions.Lifetime"/>, in days.</summary>
    public double? StoredMessageDays { get; init; }

    /// <summary><see cref="ServerLimits.HealthInterval"/>, in seconds; 0 for never.</summary>
    public int? HealthSeconds { get; init; }

    internal ServerLimits ApplyTo(ServerLimits limits) => limits with
    {
        MaxPending = Pending ?? limits.MaxPending,
        MaxPendingPerSource = PendingPerSource ?? limits.MaxPendingPerSource,
        MaxPendingPerUser = PendingPerUser ?? limits.MaxPendingPerUser,
        MaxRegistrations = Registrations ?? limits.MaxRegistrations,
        HealthInterval = HealthSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : limits.HealthInterval,
    };

    internal MessageStoreOptions ApplyTo(MessageStoreOptions store) => store with
    {
        MaxTotal = StoredMessages ?? store.MaxTotal,
        MaxPerUser = StoredMessagesPerUser ?? store.MaxPerUser,
        MaxPerSender = StoredMessagesPerSender ?? store.MaxPerSender,
        MaxBytes = StoredMessageBytes ?? store.MaxBytes,
        Lifetime = StoredMessageDays is { } days ? TimeSpan.FromDays(days) : store.Lifetime,
    };
}
