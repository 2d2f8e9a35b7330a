namespace ComIm.Client.Presence;

/// <summary>What somebody is doing: the activities of RFC 4480 section 3.2, in its order.</summary>
public enum PresenceActivity
{
    /// <summary>Has an appointment.</summary>
    Appointment,

    /// <summary>Is physically away from the devices.</summary>
    Away,

    /// <summary>Eats the first meal of the day.</summary>
    Breakfast,

    /// <summary>Is busy, and says no more.</summary>
    Busy,

    /// <summary>Eats in the evening.</summary>
    Dinner,

    /// <summary>Has a scheduled day off.</summary>
    Holiday,

    /// <summary>Rides in a vehicle.</summary>
    InTransit,

    /// <summary>Looks for work.</summary>
    LookingForWork,

    /// <summary>Eats at noon.</summary>
    Lunch,

    /// <summary>Eats.</summary>
    Meal,

    /// <summary>Is in a meeting.</summary>
    Meeting,

    /// <summary>Talks on the telephone.</summary>
    OnThePhone,

    /// <summary>Takes part in a performance.</summary>
    Performance,

    /// <summary>Will not come back to this address.</summary>
    PermanentAbsence,

    /// <summary>Plays.</summary>
    Playing,

    /// <summary>Gives, or listens to, a presentation.</summary>
    Presentation,

    /// <summary>Is shopping.</summary>
    Shopping,

    /// <summary>Sleeps.</summary>
    Sleeping,

    /// <summary>Watches an event.</summary>
    Spectator,

    /// <summary>Steers a vehicle.</summary>
    Steering,

    /// <summary>Travels.</summary>
    Travel,

    /// <summary>Watches television.</summary>
    TV,

    /// <summary>Does something that the device does not know.</summary>
    Unknown,

    /// <summary>Is on vacation.</summary>
    Vacation,

    /// <summary>Works.</summary>
    Working,

    /// <summary>Takes part in a religious rite.</summary>
    Worship,

    /// <summary>Something that has no name here.</summary>
    Other,
}
