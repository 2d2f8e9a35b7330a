using System.Text;
using ComIm.Client.Presence;

namespace ComIm.Client.Tests.Presence;

public sealed class PresenceDocumentTests
{
    private static readonly DateTimeOffset Noon = new(2020, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(PresenceAvailability.Offline)]
    [InlineData(PresenceAvailability.Online)]
    [InlineData(PresenceAvailability.Away)]
    [InlineData(PresenceAvailability.BeRightBack)]
    [InlineData(PresenceAvailability.Busy)]
    [InlineData(PresenceAvailability.DoNotDisturb)]
    public void Document_WrittenAndRead_SaysTheSame(PresenceAvailability availability)
    {
        var info = new PresenceInfo(new PresenceStatus(availability, [], "Zurück um 5 ☕ <&>"), "Alice \"A\"");
        Assert.Equal(info, PresenceDocument.Read(PresenceDocument.Write("sip:alice@example.com", "1", info, Noon)));
    }

    [Theory]
    [InlineData(PresenceActivity.OnThePhone)]
    [InlineData(PresenceActivity.InTransit)]
    [InlineData(PresenceActivity.LookingForWork)]
    [InlineData(PresenceActivity.PermanentAbsence)]
    [InlineData(PresenceActivity.TV)]
    [InlineData(PresenceActivity.Worship)]
    public void Activity_BesideBusy_IsKept(PresenceActivity activity)
    {
        var status = new PresenceStatus(PresenceAvailability.Busy, [activity], null);
        var read = PresenceDocument.Read(PresenceDocument.Write("sip:alice@example.com", "1", new PresenceInfo(status, null), Noon));
        Assert.Equal(status, read!.Status);
    }

    [Theory]
    [InlineData("<meeting/>", PresenceAvailability.Busy, "Meeting")]
    [InlineData("<vacation/>", PresenceAvailability.Away, "Vacation")]
    [InlineData("<away/><meeting/>", PresenceAvailability.Away, "Meeting")]
    [InlineData("<shopping/>", PresenceAvailability.Online, "Shopping")]
    [InlineData("<unknown/>", PresenceAvailability.Online, "")]
    [InlineData("<juggling/>", PresenceAvailability.Online, "Other")]
    public void Activities_OfOthers_ComeToAnAvailability(string activities, PresenceAvailability expected, string kept)
    {
        var status = Read($"""
            <tuple id="a"><status><basic>open</basic></status></tuple>
            <dm:person id="p"><activities xmlns="urn:ietf:params:xml:ns:pidf:rpid">{activities}</activities></dm:person>
            """)!.Status;
        Assert.Equal(expected, status.Availability);
        Assert.Equal(kept, string.Join(",", status.Activities));
    }

    [Theory]
    [InlineData("?")]
    [InlineData("unknown")]
    public void BasicStatus_ThatIsNeitherOpenNorClosed_SaysNothing(string basic) =>
        Assert.Equal(
            PresenceAvailability.Unknown, Read($"""<tuple id="a"><status><basic>{basic}</basic></status></tuple>""")!.Status.Availability);

    [Fact]
    public void Devices_OneOpen_IsThere_AndTheNewestPersonSpeaks()
    {
        var info = Read("""
            <tuple id="a"><status><basic>closed</basic></status></tuple>
            <tuple id="b"><status><basic>open</basic></status></tuple>
            <dm:person id="p"><r:activities><r:busy/></r:activities><dm:note>new</dm:note><dm:timestamp>2020-01-01T12:00:00Z</dm:timestamp></dm:person>
            <dm:person id="q"><r:activities><r:away/></r:activities><dm:note>old</dm:note><dm:timestamp>2020-01-01T11:00:00+01:00</dm:timestamp></dm:person>
            """)!;
        Assert.Equal(new PresenceStatus(PresenceAvailability.Busy, [], "new"), info.Status);
    }

    [Fact]
    public void NoteOfTuple_WithoutPerson_IsTheNote() =>
        Assert.Equal("at lunch", Read("""<tuple id="a"><status><basic>open</basic></status><note xml:lang="en">at lunch</note></tuple>""")!.Status.Note);

    [Fact]
    public void ActivitiesOfADraft_InTheStatusOfATuple_AreSeen() =>
        Assert.Equal(PresenceAvailability.Busy, Read("""
            <tuple id="a"><status><basic>open</basic><x:activities xmlns:x="urn:ietf:params:xml:ns:pidf:status:rpid"><x:on-the-phone/></x:activities></status></tuple>
            """)!.Status.Availability);

    [Fact]
    public void NothingSaid_IsUnknown() => Assert.Equal(PresenceStatus.Unknown, Read("")!.Status);

    [Theory]
    [InlineData("")]
    [InlineData("<presence")]
    [InlineData("<presence xmlns='urn:example'/>")]
    [InlineData("<!DOCTYPE p [<!ENTITY e 'e'>]><presence xmlns='urn:ietf:params:xml:ns:pidf' entity='sip:b'>&e;</presence>")]
    public void Bytes_ThatAreNoPresence_AreNone(string text) => Assert.Null(PresenceDocument.Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Note_WithCharactersThatXmlCannotHold_IsWrittenWithoutThem()
    {
        var info = new PresenceInfo(new PresenceStatus(PresenceAvailability.Online, [], "a\u0001b\uFFFFc\uD83D"), null);
        Assert.StartsWith("abc", PresenceDocument.Read(PresenceDocument.Write("sip:a@b", "1", info, Noon))!.Status.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Note_TooLong_IsCutBetweenCharacters()
    {
        var info = Read("<note>" + string.Concat(Enumerable.Repeat("a😀😀", 400)) + "</note>")!;
        Assert.InRange(info.Status.Note!.Length, 1000, 1024);
        Assert.True(char.IsLowSurrogate(info.Status.Note[^1]) || info.Status.Note[^1] == 'a');
    }

    [Fact]
    public void Extension_WrittenAndRead_IsTheSame_AndTheRestWithIt()
    {
        var status = new PresenceStatus(PresenceAvailability.Busy, [], "x") { Extension = """<e:more xmlns:e="urn:example"><a b="c">d</a></e:more>""" };
        var read = PresenceDocument.Read(PresenceDocument.Write("sip:alice@example.com", "1", new PresenceInfo(status, null), Noon))!.Status;
        Assert.Equal(status with { Extension = null }, read with { Extension = null });
        Assert.Contains("d</a></e:more>", read.Extension, StringComparison.Ordinal);
    }

    [Fact]
    public void Extensions_OfSeveralDevices_AreOne() =>
        Assert.Equal(
            """<m xmlns="urn:example"><a /><b /></m>""",
            Read("""<m xmlns="urn:example"><a/></m><x xmlns="urn:other"/><m xmlns="urn:example"><b/></m>""")!.Status.Extension);

    [Theory]
    [InlineData("text")]
    [InlineData("<a/>")]
    [InlineData("<note xmlns='urn:ietf:params:xml:ns:pidf'/>")]
    [InlineData("<a xmlns='urn:example'/><b xmlns='urn:example'/>")]
    [InlineData("<!DOCTYPE a [<!ENTITY e 'e'>]><a xmlns='urn:example'>&e;</a>")]
    public void Extension_ThatIsNotOneElementOfItsOwn_IsRefused(string extension) =>
        Assert.Throws<ArgumentException>(() => PresenceDocument.CheckExtension(extension));

    [Fact]
    public void Extension_TooDeepForItsReaders_IsRefused()
    {
        static string Deep(int levels) => "<a xmlns='urn:example'>" + string.Concat(Enumerable.Repeat("<b>", levels)) + string.Concat(Enumerable.Repeat("</b>", levels)) + "</a>";

        PresenceDocument.CheckExtension(Deep(60));
        Assert.Throws<ArgumentException>(() => PresenceDocument.CheckExtension(Deep(70)));
    }

    private static PresenceInfo? Read(string inside) => PresenceDocument.Read(Encoding.UTF8.GetBytes($"""
        <?xml version="1.0"?>
        <presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" xmlns:r="urn:ietf:params:xml:ns:pidf:rpid"
            entity="sip:bob@example.com">{inside}</presence>
        """));
}
