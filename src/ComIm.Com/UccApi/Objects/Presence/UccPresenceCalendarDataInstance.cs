using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>The category <c>calendarData</c>: when somebody is free, and when they work.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccPresenceCalendarDataInstance(CategoryPlace place)
    : UccCategoryInstance(UccCoclasses.UccPresenceCalendarDataInstance, place), IUccPresenceCalendarDataInstance
{
    private static readonly XNamespace Namespace = "http://schemas.microsoft.com/2006/09/sip/calendarData";

    private string _mailboxUri = "";
    private IUccPresenceFreeBusyInformation? _freeBusy;
    private IUccPresenceWorkingHoursInformation? _workingHours;

    public string MailboxUri
    {
        get => _mailboxUri;
        set => Set(ref _mailboxUri, value ?? "");
    }

    public IUccPresenceFreeBusyInformation? FreeBusyInformation
    {
        get => _freeBusy;
        set => Set(ref _freeBusy, value);
    }

    public IUccPresenceWorkingHoursInformation? WorkingHoursInformation
    {
        get => _workingHours;
        set => Set(ref _workingHours, value);
    }

    public IUccPresenceFreeBusyInformation CreateFreeBusyInformation() => new UccPresenceFreeBusyInformation();

    public IUccPresenceWorkingHoursInformation CreateWorkingHoursInformation() => new UccPresenceWorkingHoursInformation();

    /// <inheritdoc/>
    internal override void Read(XElement value)
    {
        _mailboxUri = value.AttributeOf("mailboxID");
        _freeBusy = value.Child("freeBusy") is { } freeBusy ? UccPresenceFreeBusyInformation.Read(freeBusy) : null;
        _workingHours = value.Child("WorkingHours") is { } hours ? UccPresenceWorkingHoursInformation.Read(hours) : null;
    }

    /// <inheritdoc/>
    internal override XElement Write() => new(
        Namespace + "calendarData",
        CategoryXml.Attribute("mailboxID", _mailboxUri),
        _workingHours == null ? null : UccPresenceWorkingHoursInformation.Write(_workingHours),
        _freeBusy == null ? null : UccPresenceFreeBusyInformation.Write(_freeBusy, Namespace));
}
