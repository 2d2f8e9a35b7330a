using ComIm.Com.Tests.UccApi;
using ComIm.Com.UccApi.Contract;
using ComIm.TestKit;

namespace ComIm.Com.Tests.Wine;

/// <summary>bob as a managed program plays him: he says of himself whatever the UCC API has words for, and watches alice.</summary>
internal sealed class PresenceBob
{
    private readonly UccPeer _peer;
    private readonly IUccPublicationManager _manager;

    public PresenceBob(TestServer server)
    {
        _peer = new UccPeer("bob", server.Address).Enable();
        _manager = (IUccPublicationManager)_peer.Endpoint;
        Publish(State(6500, "Plans", "in-a-meeting"), Note("in the lab"), Card(), Device(), Calendar(), Mood());
    }

    /// <summary>Says something else, and takes the note back.</summary>
    public void Change()
    {
        var note = Note("in the lab");
        note.PublicationOperation = UCC_PUBLICATION_OPERATION_TYPE.UCCPOT_REMOVE;
        Publish(State(9500, "", "in-presentation"), note);
    }

    public void Leave() => _peer.Shutdown();

    private void Publish(params IUccCategoryInstance[] instances)
    {
        var publication = _manager.CreatePublication();
        _peer.Events.Advise<_IUccPublicationEvent>(publication);
        foreach (var instance in instances)
        {
            publication.AddPublishableCategoryInstance(instance);
        }

        publication.Publish(null!);
        _peer.Events.TakeSuccess("OnPublish");
    }

    private IUccCategoryInstance Create(string category, int instance = 0) =>
        _manager.CreatePublishableCategoryInstance(category, UccConstants.UCC_DEFAULT_CONTAINER_ID, instance, UCC_CATEGORY_INSTANCE_EXPIRE_TYPE.UCCCIET_USER, 0);

    private IUccCategoryInstance State(int availability, string meeting, string token)
    {
        var state = (IUccPresenceStateInstance)Create("state");
        state.Type = UCC_PRESENCE_STATE_TYPE.UCCPST_USER_STATE;
        state.Availability = availability;
        state.IsManual = true;
        state.MeetingSubject = meeting;
        var activity = state.CreateActivity();
        activity.Token = token;
        activity.CreateCustomString("Planning", out var words);
        words.Lcid = 1033;
        activity.AddCustomString(words);
        state.AddActivity(activity);
        return (IUccCategoryInstance)state;
    }

    private IUccCategoryInstance Note(string text)
    {
        var note = (IUccPresenceNoteInstance)Create("note");
        var data = note.CreateNote(UCC_PRESENCE_NOTE_TYPE.UCCPNT_PERSONAL);
        data.Content = data.CreateContent();
        data.Content.String = text;
        note.AddNote(data);
        return (IUccCategoryInstance)note;
    }

    // Who somebody is the original's directory wrote: an application sets it as a value.
    private IUccCategoryInstance Card()
    {
        var instance = Create("contactCard");
        instance.Value = "<contactCard><identity><name><displayName>Bob B.</displayName></name><email>bob@example.com</email></identity></contactCard>";
        var card = (IUccPresenceContactCardInstance)instance;
        (card.Company, card.Department, card.Title, card.OfficeLocation) = ("Example", "Lab", "Engineer", "7");
        var address = card.CreateAddress(UCC_CONTACT_CARD_ADDRESS_TYPE.UCCCCAT_WORK);
        (address.City, address.PostalCode) = ("Springfield", "12345");
        card.AddAddress(address);
        var phone = card.CreatePhone(UCC_CONTACT_CARD_PHONE_TYPE.UCCCCPT_MOBILE);
        phone.Url = "tel:+15550100";
        card.AddPhone(phone);
        var url = card.CreateUrl(UCC_CONTACT_CARD_URL_TYPE.UCCCCUT_OTHER);
        url.Url = "http://example.com/bob";
        card.AddUrl(url);
        return instance;
    }

    private IUccCategoryInstance Device()
    {
        var device = (IUccPresenceDeviceInstance)Create("device");
        device.MachineName = "desk";
        var capabilities = device.CreateCapabilities("sip:bob@example.com");
        capabilities.Preferred = true;
        var text = capabilities.CreateCapabilityInfo("text");
        text.CapabilityProperties = text.CreateCapabilityProperties();
        text.CapabilityProperties.AddNamedProperty("canRender", true);
        text.CapabilityProperties.AddNamedProperty("canCapture", "false");
        capabilities.AddCapabilityInfo(text);
        device.AddCapabilities(capabilities);
        return (IUccCategoryInstance)device;
    }

    private IUccCategoryInstance Calendar()
    {
        var calendar = (IUccPresenceCalendarDataInstance)Create("calendarData");
        calendar.MailboxUri = "bob@example.com";
        var free = calendar.CreateFreeBusyInformation();
        (free.FreeBusyData, free.FreeBusyDataVersion, free.Granularity) = ("AAEC", "1", 15);
        free.StartTime = new DateTime(2026, 11, 21, 0, 0, 0, DateTimeKind.Utc);
        calendar.FreeBusyInformation = free;
        var hours = calendar.CreateWorkingHoursInformation();
        hours.TimeZoneBias = -60;
        var zone = hours.CreateTimeZoneInformation();
        (zone.Month, zone.DayOrder, zone.Time, zone.DayOfWeek) = (10, 5, 3 * 3600, UCC_PRESENCE_WORKING_HOURS_DAYS.UCCPWHD_SUNDAY);
        hours.set_TimeZoneInformation(UCC_PRESENCE_WORKING_HOURS_TIMEZONE_TYPE.UCCPWHTT_STANDARD, zone);
        var block = hours.CreateWorkingHoursBlock();
        (block.ApplicableDays, block.StartTime, block.EndTime) = (2 + 4 + 8 + 16 + 32, 9 * 60, 17 * 60);
        hours.AddWorkingHoursBlock(block);
        calendar.WorkingHoursInformation = hours;
        return (IUccCategoryInstance)calendar;
    }

    private IUccCategoryInstance Mood()
    {
        var mood = Create("mood", 7);
        mood.Value = "<mood xmlns='http://example.com/mood'>sunny</mood>";
        return mood;
    }
}
