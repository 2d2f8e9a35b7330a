using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>A page of somebody.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccPresenceContactCardUrl(UCC_CONTACT_CARD_URL_TYPE type)
    : DispatchObject(UccCoclasses.UccPresenceContactCardUrl.Dispatch), IUccPresenceContactCardUrl
{
    public UCC_CONTACT_CARD_URL_TYPE Type => type;

    public string Url { get; set => field = value ?? ""; } = "";

    public DateTime LastUpdated { get; set; }

    /// <summary>Reads a <c>url</c>.</summary>
    public static UccPresenceContactCardUrl Read(XElement element) => new(ContactCardTypes.Url(element.AttributeOf("type")))
    {
        Url = element.Value,
        LastUpdated = CategoryXml.ToTime(element.AttributeOf("lastUpdated")),
    };

    /// <summary>Writes whatever the application's object says of itself.</summary>
    public static XElement Write(IUccPresenceContactCardUrl url, XNamespace ns) => new(
        ns + "url",
        CategoryXml.Attribute("type", ContactCardTypes.NameOf(url.Type)),
        CategoryXml.Attribute("lastUpdated", url.LastUpdated),
        url.Url ?? "");
}
