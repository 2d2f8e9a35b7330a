namespace ComIm.Client.Presence;

/// <summary>The one table between activities and the names of their elements (RFC 4480 section 3.2).</summary>
internal static class ActivityNames
{
    private static readonly Dictionary<PresenceActivity, string> Names = Enum.GetValues<PresenceActivity>().ToDictionary(a => a, NameOf);

    private static readonly Dictionary<string, PresenceActivity> Activities = Names.ToDictionary(n => n.Value, n => n.Key, StringComparer.Ordinal);

    /// <summary>The element's name.</summary>
    public static string Of(PresenceActivity activity) => Names[activity];

    /// <summary>What an element stands for; what has no name here is <see cref="PresenceActivity.Other"/>.</summary>
    public static PresenceActivity Read(string element) => Activities.GetValueOrDefault(element, PresenceActivity.Other);

    private static string NameOf(PresenceActivity activity) => activity switch
    {
        PresenceActivity.InTransit => "in-transit",
        PresenceActivity.LookingForWork => "looking-for-work",
        PresenceActivity.OnThePhone => "on-the-phone",
        PresenceActivity.PermanentAbsence => "permanent-absence",
        _ => activity.ToString().ToLowerInvariant(),
    };
}
