using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>When standard or daylight time begins, and by how many minutes it differs.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccPresenceTimeZoneInformation() : DispatchObject(UccCoclasses.UccPresenceTimeZoneInformation.Dispatch), IUccPresenceTimeZoneInformation
{
    public int Bias { get; set; }

    /// <summary>Seconds after midnight.</summary>
    public int Time { get; set; }

    /// <summary>Which of the month's days of that name; 5 is the last.</summary>
    public int DayOrder { get; set; }

    public int Month { get; set; }

    public UCC_PRESENCE_WORKING_HOURS_DAYS DayOfWeek { get; set; }

    /// <summary>Reads <c>StandardTime</c> or <c>DaylightTime</c>.</summary>
    public static UccPresenceTimeZoneInformation Read(XElement element) => new()
    {
        Bias = CategoryXml.ToNumber(element.TextOf("Bias")),
        Time = TimeSpan.TryParse(element.TextOf("Time"), System.Globalization.CultureInfo.InvariantCulture, out var time) ? (int)time.TotalSeconds : 0,
        DayOrder = CategoryXml.ToNumber(element.TextOf("DayOrder")),
        Month = CategoryXml.ToNumber(element.TextOf("Month")),
        DayOfWeek = (UCC_PRESENCE_WORKING_HOURS_DAYS)WorkingDays.Read(element.TextOf("DayOfWeek")),
    };

    /// <summary>Writes whatever the application's object says of itself.</summary>
    public static XElement Write(IUccPresenceTimeZoneInformation information, XName name) => new(
        name,
        new XElement(name.Namespace + "Bias", information.Bias),
        new XElement(name.Namespace + "Time", TimeSpan.FromSeconds(information.Time).ToString("c", System.Globalization.CultureInfo.InvariantCulture)),
        new XElement(name.Namespace + "DayOrder", information.DayOrder),
        new XElement(name.Namespace + "Month", information.Month),
        new XElement(name.Namespace + "DayOfWeek", WorkingDays.Write((int)information.DayOfWeek)));
}
