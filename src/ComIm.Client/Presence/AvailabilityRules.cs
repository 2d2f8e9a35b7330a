namespace ComIm.Client.Presence;

/// <summary>
/// Between the two values of PIDF with the activities of RFC 4480, and the steps of availability. RFC 4480 has no names for
/// "be right back" and "do not disturb": they stand as <c>other</c> beside <c>away</c> and <c>busy</c>, which all others understand.
/// </summary>
internal static class AvailabilityRules
{
    public const string BeRightBack = "be-right-back";
    public const string DoNotDisturb = "do-not-disturb";

    private static readonly HashSet<PresenceActivity> Busy =
    [
        PresenceActivity.OnThePhone, PresenceActivity.Meeting, PresenceActivity.Presentation, PresenceActivity.Performance, PresenceActivity.Steering,
    ];

    private static readonly HashSet<PresenceActivity> Away =
    [
        PresenceActivity.Breakfast, PresenceActivity.Lunch, PresenceActivity.Dinner, PresenceActivity.Meal, PresenceActivity.Sleeping,
        PresenceActivity.Holiday, PresenceActivity.Vacation, PresenceActivity.PermanentAbsence, PresenceActivity.Worship,
    ];

    /// <summary>The activity that says an availability, and the text of the <c>other</c> beside it.</summary>
    public static (PresenceActivity? Activity, string? Other) Marks(PresenceAvailability availability) => availability switch
    {
        PresenceAvailability.Away => (PresenceActivity.Away, null),
        PresenceAvailability.BeRightBack => (PresenceActivity.Away, BeRightBack),
        PresenceAvailability.Busy => (PresenceActivity.Busy, null),
        PresenceAvailability.DoNotDisturb => (PresenceActivity.Busy, DoNotDisturb),
        _ => (null, null),
    };

    /// <summary>What it comes to.</summary>
    /// <param name="isOpen">Whether any device is open; null where none says.</param>
    /// <param name="activities">What the person is doing.</param>
    /// <param name="others">The texts of <c>other</c>.</param>
    public static PresenceAvailability Of(bool? isOpen, IReadOnlyCollection<PresenceActivity> activities, IReadOnlyCollection<string> others) =>
        isOpen == false ? PresenceAvailability.Offline
        : others.Contains(DoNotDisturb) ? PresenceAvailability.DoNotDisturb
        : others.Contains(BeRightBack) ? PresenceAvailability.BeRightBack
        : activities.Contains(PresenceActivity.Away) ? PresenceAvailability.Away
        : activities.Contains(PresenceActivity.Busy) || activities.Any(Busy.Contains) ? PresenceAvailability.Busy
        : activities.Any(Away.Contains) ? PresenceAvailability.Away
        : isOpen == true ? PresenceAvailability.Online : PresenceAvailability.Unknown;
}
