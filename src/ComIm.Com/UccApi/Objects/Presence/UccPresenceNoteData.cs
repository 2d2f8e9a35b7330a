using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>One note: what somebody wants to be read, for a while.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccPresenceNoteData(UCC_PRESENCE_NOTE_TYPE type) : DispatchObject(UccCoclasses.UccPresenceNoteData.Dispatch), IUccPresenceNoteData
{
    public UCC_PRESENCE_NOTE_TYPE Type => type;

    public string Uri { get; set => field = value ?? ""; } = "";

    public DateTime StartTime { get; set; }

    public DateTime EndTime { get; set; }

    public IUccLocaleString? Content { get; set; }

    public IUccLocaleString CreateContent() => new UccLocaleString("", 0);

    /// <summary>Reads a <c>body</c>.</summary>
    public static UccPresenceNoteData Read(XElement body) => new(TypeOf(body.AttributeOf("type")))
    {
        Uri = body.AttributeOf("uri"),
        StartTime = CategoryXml.ToTime(body.AttributeOf("startTime")),
        EndTime = CategoryXml.ToTime(body.AttributeOf("endTime")),
        Content = UccLocaleString.Read(body),
    };

    /// <summary>Writes whatever the application's object says of itself.</summary>
    public static XElement Write(IUccPresenceNoteData note, XNamespace ns) => new(
        ns + "body",
        CategoryXml.Attribute("type", NameOf(note.Type)),
        CategoryXml.Attribute("uri", note.Uri ?? ""),
        CategoryXml.Attribute("startTime", note.StartTime),
        CategoryXml.Attribute("endTime", note.EndTime),
        note.Content is { Lcid: not 0 } content ? new XAttribute("LCID", content.Lcid) : null,
        note.Content?.String ?? "");

    private static UCC_PRESENCE_NOTE_TYPE TypeOf(string name) => name switch
    {
        "personal" => UCC_PRESENCE_NOTE_TYPE.UCCPNT_PERSONAL,
        "OOF" => UCC_PRESENCE_NOTE_TYPE.UCCPNT_OOF,
        _ => UCC_PRESENCE_NOTE_TYPE.UCCPNT_UNKNOWN,
    };

    private static string NameOf(UCC_PRESENCE_NOTE_TYPE type) => type switch
    {
        UCC_PRESENCE_NOTE_TYPE.UCCPNT_PERSONAL => "personal",
        UCC_PRESENCE_NOTE_TYPE.UCCPNT_OOF => "OOF",
        _ => "",
    };
}
