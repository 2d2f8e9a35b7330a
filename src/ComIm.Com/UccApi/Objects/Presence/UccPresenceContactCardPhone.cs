using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>A telephone of somebody, as a <c>tel</c> URI.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccPresenceContactCardPhone(UCC_CONTACT_CARD_PHONE_TYPE type)
    : DispatchObject(UccCoclasses.UccPresenceContactCardPhone.Dispatch), IUccPresenceContactCardPhone
{
    public UCC_CONTACT_CARD_PHONE_TYPE Type => type;

    public string Url { get; set => field = value ?? ""; } = "";

    /// <summary>Reads a <c>phone</c>.</summary>
    public static UccPresenceContactCardPhone Read(XElement element) => new(ContactCardTypes.Phone(element.AttributeOf("type")))
    {
        Url = element.Child("uri")?.Value ?? element.Value,
    };

    /// <summary>Writes whatever the application's object says of itself.</summary>
    public static XElement Write(IUccPresenceContactCardPhone phone, XNamespace ns) => new(
        ns + "phone",
        CategoryXml.Attribute("type", ContactCardTypes.NameOf(phone.Type)),
        new XElement(ns + "uri", phone.Url ?? ""));
}
