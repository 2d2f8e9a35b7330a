using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>The category <c>services</c>: what somebody can be reached by, summed up from their devices.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccPresenceServicesInstance(CategoryPlace place)
    : UccCategoryInstance(UccCoclasses.UccPresenceServicesInstance, place), IUccPresenceServicesInstance
{
    private static readonly XNamespace Namespace = "http://schemas.microsoft.com/2006/09/sip/service";

    private UccPresenceServiceElement[] _elements = [];

    public IUccCollection ServiceElements => new UccCollection(_elements);

    /// <summary>
    /// Sums devices up, which the original's server did: a capability is there where a device has it. Null where somebody says
    /// nothing of devices.
    /// </summary>
    public static XElement? Aggregate(string uri, IReadOnlyList<PublishedCategory> words)
    {
        var devices = words.Where(c => c.Name == CategoryFactory.Device).Select(c => c.Value).ToList();
        if (devices.Count == 0)
        {
            return null;
        }

        var preferred = devices.FirstOrDefault(d => d.Children("capabilities").Any(c => c.AttributeOf("preferred") == "true")) ?? devices[0];
        var capabilities = devices.SelectMany(d => d.Children("capabilities")).SelectMany(c => c.Elements()).GroupBy(e => e.Name.LocalName).Select(Sum);
        return new XElement(
            Namespace + "services",
            new XElement(
                Namespace + "service",
                new XAttribute("uri", uri),
                CategoryXml.Attribute("preferredEndpointId", preferred.AttributeOf("endpointId")),
                new XElement(Namespace + "capabilities", new XAttribute("uri", uri), capabilities)));
    }

    /// <inheritdoc/>
    internal override void Read(XElement value)
    {
        base.Read(value);
        _elements = [.. value.Children("service").Select(e => new UccPresenceServiceElement(e))];
    }

    private static XElement Sum(IGrouping<string, XElement> capability) => new(
        Namespace + capability.Key,
        capability.Attributes().Where(a => !a.IsNamespaceDeclaration).GroupBy(a => a.Name)
            .Select(g => new XAttribute(g.Key, g.Any(a => a.Value == "true") ? "true" : g.First().Value)));
}
