using System.Globalization;
using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>The category <c>state</c>: whether somebody can be reached, and what they do.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccPresenceStateInstance(CategoryPlace place) : UccCategoryInstance(UccCoclasses.UccPresenceStateInstance, place), IUccPresenceStateInstance
{
    private static readonly XNamespace Namespace = "http://schemas.microsoft.com/2006/09/sip/state";

    private static readonly (UCC_PRESENCE_STATE_TYPE Type, string Name)[] Types =
    [
        (UCC_PRESENCE_STATE_TYPE.UCCPST_AGGREGATE_STATE, "aggregateState"),
        (UCC_PRESENCE_STATE_TYPE.UCCPST_AGGREGATE_MACHINE_STATE, "aggregateMachineState"),
        (UCC_PRESENCE_STATE_TYPE.UCCPST_USER_STATE, "userState"),
        (UCC_PRESENCE_STATE_TYPE.UCCPST_MACHINE_STATE, "machineState"),
        (UCC_PRESENCE_STATE_TYPE.UCCPST_PHONE_STATE, "phoneState"),
        (UCC_PRESENCE_STATE_TYPE.UCCPST_CALENDAR_STATE, "calendarState"),
        (UCC_PRESENCE_STATE_TYPE.UCCPST_CONFERENCE_STATE, "conferenceState"),
    ];

    private readonly UccList<IUccPresenceActivity> _activities = new("activity");
    private UCC_PRESENCE_STATE_TYPE _type;
    private int _availability;
    private string _endpointLocation = "";
    private string _meetingSubject = "";
    private string _meetingLocation = "";
    private string _uri = "";
    private bool _isManual;
    private DateTime _startTime;
    private DateTime _lastActive;

    public UCC_PRESENCE_STATE_TYPE Type
    {
        get => _type;
        set => Set(ref _type, value);
    }

    /// <summary>A number; the lower bounds of its ranges are those of UCC_PRESENCE_AVAILABILITY.</summary>
    public int Availability
    {
        get => _availability;
        set => Set(ref _availability, value);
    }

    public string EndpointLocation
    {
        get => _endpointLocation;
        set => Set(ref _endpointLocation, value ?? "");
    }

    public string MeetingSubject
    {
        get => _meetingSubject;
        set => Set(ref _meetingSubject, value ?? "");
    }

    public string MeetingLocation
    {
        get => _meetingLocation;
        set => Set(ref _meetingLocation, value ?? "");
    }

    /// <summary>Whether a person chose the state.</summary>
    public bool IsManual
    {
        get => _isManual;
        set => Set(ref _isManual, value);
    }

    public string Uri
    {
        get => _uri;
        set => Set(ref _uri, value ?? "");
    }

    public bool IsMachineStateForLocalEndpoint => _type == UCC_PRESENCE_STATE_TYPE.UCCPST_MACHINE_STATE && IsPublishedByLocalEndpoint;

    public DateTime LastActive => _lastActive;

    public DateTime StartTime
    {
        get => _startTime;
        set => Set(ref _startTime, value);
    }

    public IUccCollection Activities => _activities.ToCollection();

    public IUccPresenceActivity CreateActivity() => new UccPresenceActivity();

    public void AddActivity(IUccPresenceActivity? pActivity)
    {
        DemandPublishable();
        _activities.Add(pActivity);
    }

    public void RemoveActivity(IUccPresenceActivity? pActivity)
    {
        DemandPublishable();
        _activities.Remove(pActivity);
    }

    public void RemoveAllActivities()
    {
        DemandPublishable();
        _activities.Replace([]);
    }

    /// <inheritdoc/>
    internal override void Read(XElement value)
    {
        var type = value.Attribute(CategoryXml.SchemaType)?.Value ?? "";
        type = type[(type.IndexOf(':', StringComparison.Ordinal) + 1)..];
        _type = Array.Find(Types, t => t.Name == type).Type;
        _availability = CategoryXml.ToNumber(value.TextOf("availability"));
        _endpointLocation = value.TextOf("endpointLocation");
        _meetingSubject = value.TextOf("meetingSubject");
        _meetingLocation = value.TextOf("meetingLocation");
        _isManual = value.AttributeOf("manual") is "true" or "1";
        _uri = value.AttributeOf("uri");
        _startTime = CategoryXml.ToTime(value.AttributeOf("startTime"));
        _lastActive = CategoryXml.ToTime(value.AttributeOf("lastActive"));
        _activities.Replace(value.Children("activity").Select(UccPresenceActivity.Read));
    }

    /// <inheritdoc/>
    internal override XElement Write() => new(
        Namespace + "state",
        Array.Find(Types, t => t.Type == _type).Name is { } name ? new XAttribute(CategoryXml.SchemaType, name) : null,
        new XAttribute("manual", _isManual ? "true" : "false"),
        CategoryXml.Attribute("uri", _uri),
        CategoryXml.Attribute("startTime", _startTime),
        CategoryXml.Attribute("lastActive", _lastActive),
        new XElement(Namespace + "availability", _availability.ToString(CultureInfo.InvariantCulture)),
        _activities.Snapshot().Select(a => UccPresenceActivity.Write(a, Namespace)),
        CategoryXml.Element(Namespace + "endpointLocation", _endpointLocation),
        CategoryXml.Element(Namespace + "meetingSubject", _meetingSubject),
        CategoryXml.Element(Namespace + "meetingLocation", _meetingLocation));
}
