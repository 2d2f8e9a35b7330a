using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>When somebody works, in the time of their zone, as Exchange's calendars have it.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccPresenceWorkingHoursInformation()
    : DispatchObject(UccCoclasses.UccPresenceWorkingHoursInformation.Dispatch), IUccPresenceWorkingHoursInformation
{
    private static readonly XNamespace Namespace = "http://schemas.microsoft.com/exchange/services/2006/types";

    private static readonly string[] Times = ["StandardTime", "DaylightTime"];

    private readonly IUccPresenceTimeZoneInformation?[] _zones = new IUccPresenceTimeZoneInformation?[Times.Length];
    private readonly UccList<IUccPresenceWorkingHoursBlock> _blocks = new("block of working hours");

    /// <summary>Minutes west of UTC.</summary>
    public int TimeZoneBias { get; set; }

    public IUccCollection WorkingHoursBlocks => _blocks.ToCollection();

    public IUccPresenceTimeZoneInformation? get_TimeZoneInformation(UCC_PRESENCE_WORKING_HOURS_TIMEZONE_TYPE enType) => _zones[Check(enType)];

    public void set_TimeZoneInformation(UCC_PRESENCE_WORKING_HOURS_TIMEZONE_TYPE enType, IUccPresenceTimeZoneInformation? ppTimeZoneInfo) =>
        _zones[Check(enType)] = ppTimeZoneInfo;

    public IUccPresenceTimeZoneInformation CreateTimeZoneInformation() => new UccPresenceTimeZoneInformation();

    public void AddWorkingHoursBlock(IUccPresenceWorkingHoursBlock? pBlock) => _blocks.Add(pBlock);

    public void RemoveWorkingHoursBlock(IUccPresenceWorkingHoursBlock? pBlock) => _blocks.Remove(pBlock);

    public void RemoveAllWorkingHours() => _blocks.Replace([]);

    public IUccPresenceWorkingHoursBlock CreateWorkingHoursBlock() => new UccPresenceWorkingHoursBlock();

    /// <summary>Reads <c>WorkingHours</c>.</summary>
    public static UccPresenceWorkingHoursInformation Read(XElement element)
    {
        var zone = element.Child("TimeZone");
        var information = new UccPresenceWorkingHoursInformation { TimeZoneBias = CategoryXml.ToNumber(zone?.TextOf("Bias") ?? "") };
        for (var i = 0; i < Times.Length; i++)
        {
            information._zones[i] = zone?.Child(Times[i]) is { } time ? UccPresenceTimeZoneInformation.Read(time) : null;
        }

        information._blocks.Replace(element.Child("WorkingPeriodArray")?.Children("WorkingPeriod").Select(UccPresenceWorkingHoursBlock.Read) ?? []);
        return information;
    }

    /// <summary>Writes whatever the application's object says of itself.</summary>
    public static XElement Write(IUccPresenceWorkingHoursInformation information) => new(
        Namespace + "WorkingHours",
        new XElement(
            Namespace + "TimeZone",
            new XElement(Namespace + "Bias", information.TimeZoneBias),
            Times.Select((t, i) => information.get_TimeZoneInformation((UCC_PRESENCE_WORKING_HOURS_TIMEZONE_TYPE)i) is { } zone
                ? UccPresenceTimeZoneInformation.Write(zone, Namespace + t)
                : null)),
        new XElement(
            Namespace + "WorkingPeriodArray",
            information.WorkingHoursBlocks.Cast<IUccPresenceWorkingHoursBlock>().Select(b => UccPresenceWorkingHoursBlock.Write(b, Namespace))));

    private static int Check(UCC_PRESENCE_WORKING_HOURS_TIMEZONE_TYPE type) => Enum.IsDefined(type)
        ? (int)type
        : throw new HResultException(HResults.InvalidArgument, $"{(int)type} is not a UCC_PRESENCE_WORKING_HOURS_TIMEZONE_TYPE.");
}
