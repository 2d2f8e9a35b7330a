using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>What the devices of somebody can do together.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccPresenceServiceElement(XElement element)
    : DispatchObject(UccCoclasses.UccPresenceServiceElement.Dispatch), IUccPresenceServiceElement
{
    private readonly UccPresenceCapabilities[] _capabilities = [.. element.Children("capabilities").Select(UccPresenceCapabilities.Read)];

    public string Uri => element.AttributeOf("uri");

    public string PreferredEndpoint => element.AttributeOf("preferredEndpointId");

    public IUccCollection CapabilitiesCollection => new UccCollection(_capabilities);
}
