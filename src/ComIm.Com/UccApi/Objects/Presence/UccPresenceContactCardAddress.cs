using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>A postal address.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccPresenceContactCardAddress(UCC_CONTACT_CARD_ADDRESS_TYPE type)
    : DispatchObject(UccCoclasses.UccPresenceContactCardAddress.Dispatch), IUccPresenceContactCardAddress
{
    public UCC_CONTACT_CARD_ADDRESS_TYPE Type => type;

    public string StreetAddress { get; set => field = value ?? ""; } = "";

    public string City { get; set => field = value ?? ""; } = "";

    public string State { get; set => field = value ?? ""; } = "";

    public string PostalCode { get; set => field = value ?? ""; } = "";

    public string Country { get; set => field = value ?? ""; } = "";

    /// <summary>Reads an <c>address</c>.</summary>
    public static UccPresenceContactCardAddress Read(XElement element) => new(ContactCardTypes.Address(element.AttributeOf("type")))
    {
        StreetAddress = element.TextOf("street"),
        City = element.TextOf("city"),
        State = element.TextOf("state"),
        PostalCode = element.TextOf("zipcode"),
        Country = element.TextOf("countryCode"),
    };

    /// <summary>Writes whatever the application's object says of itself.</summary>
    public static XElement Write(IUccPresenceContactCardAddress address, XNamespace ns) => new(
        ns + "address",
        CategoryXml.Attribute("type", ContactCardTypes.NameOf(address.Type)),
        CategoryXml.Element(ns + "street", address.StreetAddress ?? ""),
        CategoryXml.Element(ns + "city", address.City ?? ""),
        CategoryXml.Element(ns + "state", address.State ?? ""),
        CategoryXml.Element(ns + "zipcode", address.PostalCode ?? ""),
        CategoryXml.Element(ns + "countryCode", address.Country ?? ""));
}
