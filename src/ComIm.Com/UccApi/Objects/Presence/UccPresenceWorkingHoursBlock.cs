using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>Hours at which somebody works on some days.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccPresenceWorkingHoursBlock() : DispatchObject(UccCoclasses.UccPresenceWorkingHoursBlock.Dispatch), IUccPresenceWorkingHoursBlock
{
    /// <summary>A sum of UCC_PRESENCE_WORKING_HOURS_DAYS.</summary>
    public int ApplicableDays { get; set; }

    /// <summary>Minutes after midnight.</summary>
    public int StartTime { get; set; }

    /// <summary>Minutes after midnight.</summary>
    public int EndTime { get; set; }

    /// <summary>Reads a <c>WorkingPeriod</c>.</summary>
    public static UccPresenceWorkingHoursBlock Read(XElement element) => new()
    {
        ApplicableDays = WorkingDays.Read(element.TextOf("DayOfWeek")),
        StartTime = CategoryXml.ToNumber(element.TextOf("StartTimeInMinutes")),
        EndTime = CategoryXml.ToNumber(element.TextOf("EndTimeInMinutes")),
    };

    /// <summary>Writes whatever the application's object says of itself.</summary>
    public static XElement Write(IUccPresenceWorkingHoursBlock block, XNamespace ns) => new(
        ns + "WorkingPeriod",
        new XElement(ns + "DayOfWeek", WorkingDays.Write(block.ApplicableDays)),
        new XElement(ns + "StartTimeInMinutes", block.StartTime),
        new XElement(ns + "EndTimeInMinutes", block.EndTime));
}
