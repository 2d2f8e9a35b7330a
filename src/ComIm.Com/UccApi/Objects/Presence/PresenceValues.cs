using System.Globalization;
using System.Xml.Linq;
using ComIm.Client.Presence;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>
/// What standard presence (PIDF and RPID, RFC 3863 and 4480) says, in the categories of the UCC API and back. The numbers are the
/// ones that clients of the original published ([MS-PRES] section 3.1.1).
/// </summary>
internal static class PresenceValues
{
    private static readonly (PresenceAvailability Availability, int From, int Published)[] Ranges =
    [
        (PresenceAvailability.Online, (int)UCC_PRESENCE_AVAILABILITY.UCCPA_FREE, 3500),
        (PresenceAvailability.Busy, (int)UCC_PRESENCE_AVAILABILITY.UCCPA_BUSY, 6500),
        (PresenceAvailability.DoNotDisturb, (int)UCC_PRESENCE_AVAILABILITY.UCCPA_DO_NOT_DISTURB, 9500),
        (PresenceAvailability.BeRightBack, (int)UCC_PRESENCE_AVAILABILITY.UCCPA_TEMP_UNALERTABLE, 12500),
        (PresenceAvailability.Away, (int)UCC_PRESENCE_AVAILABILITY.UCCPA_UNALERTABLE, 15500),
        (PresenceAvailability.Offline, (int)UCC_PRESENCE_AVAILABILITY.UCCPA_UNAVAILABLE, 18500),
    ];

    private static readonly (PresenceActivity Activity, string Token)[] Tokens =
    [
        (PresenceActivity.OnThePhone, "on-the-phone"),
        (PresenceActivity.Meeting, "in-a-meeting"),
        (PresenceActivity.Appointment, "in-a-meeting"),
        (PresenceActivity.Presentation, "in-presentation"),
        (PresenceActivity.Vacation, "out-of-office"),
        (PresenceActivity.Travel, "out-of-office"),
    ];

    /// <summary>The number that stands for an availability; 0 where nothing is known.</summary>
    public static int ToNumber(PresenceAvailability availability) => Array.Find(Ranges, r => r.Availability == availability).Published;

    /// <summary>The availability whose range a number lies in.</summary>
    public static PresenceAvailability ToAvailability(int number) => Array.FindLast(Ranges, r => r.From <= number).Availability;

    /// <summary>The activities that a token stands for; of a token of somebody's own, none.</summary>
    public static IEnumerable<PresenceActivity> ToActivities(IEnumerable<string> tokens) =>
        tokens.SelectMany(t => Tokens.Where(known => known.Token == t).Take(1)).Select(known => known.Activity).Distinct();

    /// <summary>The category <c>state</c>, or null where nothing is known.</summary>
    public static XElement? State(PresenceStatus status)
    {
        if (status.Availability == PresenceAvailability.Unknown)
        {
            return null;
        }

        XNamespace ns = "http://schemas.microsoft.com/2006/09/sip/state";
        var tokens = status.Activities.SelectMany(a => Tokens.Where(known => known.Activity == a)).Select(known => known.Token).Distinct();
        return new XElement(
            ns + "state",
            new XAttribute(CategoryXml.SchemaType, "aggregateState"),
            new XAttribute("manual", "false"),
            new XElement(ns + "availability", ToNumber(status.Availability).ToString(CultureInfo.InvariantCulture)),
            tokens.Select(t => new XElement(ns + "activity", new XAttribute("token", t))));
    }

    /// <summary>The category <c>note</c>, or null where there is none.</summary>
    public static XElement? Note(PresenceStatus status)
    {
        XNamespace ns = "http://schemas.microsoft.com/2006/09/sip/note";
        return string.IsNullOrEmpty(status.Note)
            ? null
            : new XElement(ns + "note", new XElement(ns + "body", new XAttribute("type", "personal"), status.Note));
    }

    /// <summary>The category <c>contactCard</c>, or null where no name is known.</summary>
    public static XElement? ContactCard(string? displayName)
    {
        XNamespace ns = "http://schemas.microsoft.com/2006/09/sip/contactcard";
        return string.IsNullOrEmpty(displayName)
            ? null
            : new XElement(ns + "contactCard", new XElement(ns + "identity", new XElement(ns + "name", new XElement(ns + "displayName", displayName))));
    }
}
