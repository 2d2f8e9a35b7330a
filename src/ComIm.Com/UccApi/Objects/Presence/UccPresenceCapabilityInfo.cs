using System.Runtime.InteropServices;
using System.Xml;
using System.Xml.Linq;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>
/// One thing that a device can do, as <c>text</c>, and how: properties of the application's own choice that are true or false. An
/// application sets them as a Boolean or as a text; what is received is a text.
/// </summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccPresenceCapabilityInfo : DispatchObject, IUccPresenceCapabilityInfo
{
    private const string PreferredAttribute = "preferred";

    /// <exception cref="HResultException">E_INVALIDARG: it is not a name that XML can hold.</exception>
    public UccPresenceCapabilityInfo(string? name)
        : base(UccCoclasses.UccPresenceCapabilityInfo.Dispatch) =>
        Name = IsName(name) ? name! : throw new HResultException(HResults.InvalidArgument, "A capability has a name, as 'text', without blanks.");

    public string Name { get; }

    public bool Preferred { get; private init; }

    public IUccPropertyCollection? CapabilityProperties { get; set; }

    public IUccPropertyCollection CreateCapabilityProperties() => new UccPropertyCollection();

    /// <summary>Reads a capability.</summary>
    public static UccPresenceCapabilityInfo Read(XElement element)
    {
        var properties = new UccPropertyCollection();
        foreach (var attribute in element.Attributes().Where(a => !a.IsNamespaceDeclaration && a.Name.LocalName != PreferredAttribute))
        {
            properties.AddNamedProperty(attribute.Name.LocalName, attribute.Value);
        }

        return new UccPresenceCapabilityInfo(element.Name.LocalName)
        {
            Preferred = element.AttributeOf(PreferredAttribute) is "true" or "1",
            CapabilityProperties = properties,
        };
    }

    /// <summary>Writes whatever the application's object says of itself; what has no name, or one that XML cannot hold, is left out.</summary>
    public static XElement Write(IUccPresenceCapabilityInfo info, XNamespace ns) => new(
        ns + info.Name,
        info.Preferred ? new XAttribute(PreferredAttribute, "true") : null,
        info.CapabilityProperties?.Cast<IUccProperty>().Select(Write).OfType<XAttribute>().DistinctBy(a => a.Name));

    private static XAttribute? Write(IUccProperty property)
    {
        try
        {
            return IsName(property.Name) && property.Name != PreferredAttribute
                ? new XAttribute(property.Name, property.Value is bool flag ? flag ? "true" : "false" : property.Value?.ToString() ?? "")
                : null;
        }
        catch (HResultException)
        {
            // A property with a number has no name.
            return null;
        }
    }

    private static bool IsName(string? name)
    {
        try
        {
            return !string.IsNullOrEmpty(name) && XmlConvert.VerifyNCName(name) == name && name != "xmlns";
        }
        catch (XmlException)
        {
            return false;
        }
    }
}
