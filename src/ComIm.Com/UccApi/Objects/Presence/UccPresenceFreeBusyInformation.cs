using System.Globalization;
using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>When somebody is free: one value for each so many minutes, in a form that the version names.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccPresenceFreeBusyInformation() : DispatchObject(UccCoclasses.UccPresenceFreeBusyInformation.Dispatch), IUccPresenceFreeBusyInformation
{
    public string FreeBusyDataVersion { get; set => field = value ?? ""; } = "";

    public string FreeBusyData { get; set => field = value ?? ""; } = "";

    /// <summary>Minutes.</summary>
    public int Granularity { get; set; }

    public DateTime StartTime { get; set; }

    /// <summary>Reads <c>freeBusy</c>.</summary>
    public static UccPresenceFreeBusyInformation Read(XElement element) => new()
    {
        FreeBusyDataVersion = element.AttributeOf("encodingVersion"),
        FreeBusyData = element.Value,
        Granularity = Minutes(element.AttributeOf("granularity")),
        StartTime = CategoryXml.ToTime(element.AttributeOf("startTime")),
    };

    /// <summary>Writes whatever the application's object says of itself.</summary>
    public static XElement Write(IUccPresenceFreeBusyInformation information, XNamespace ns) => new(
        ns + "freeBusy",
        CategoryXml.Attribute("startTime", information.StartTime),
        new XAttribute("granularity", string.Create(CultureInfo.InvariantCulture, $"PT{information.Granularity}M")),
        CategoryXml.Attribute("encodingVersion", information.FreeBusyDataVersion ?? ""),
        information.FreeBusyData ?? "");

    private static int Minutes(string duration) =>
        duration.StartsWith("PT", StringComparison.Ordinal) && duration.EndsWith('M') ? CategoryXml.ToNumber(duration[2..^1]) : 0;
}
