using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>What a device can do where it is reached by one URI.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccPresenceCapabilities(string uri) : DispatchObject(UccCoclasses.UccPresenceCapabilities.Dispatch), IUccPresenceCapabilities
{
    private readonly UccList<IUccPresenceCapabilityInfo> _infos = new("capability");

    public string Uri => uri;

    public bool Preferred { get; set; }

    public IUccCollection CapabilityInfoCollection => _infos.ToCollection();

    public void AddCapabilityInfo(IUccPresenceCapabilityInfo? pCapabilityInfo) => _infos.Add(pCapabilityInfo);

    public void RemoveCapabilityInfo(IUccPresenceCapabilityInfo? pCapabilityInfo) => _infos.Remove(pCapabilityInfo);

    public IUccPresenceCapabilityInfo CreateCapabilityInfo(string? bstrCapabilityName) => new UccPresenceCapabilityInfo(bstrCapabilityName);

    /// <summary>Reads <c>capabilities</c>.</summary>
    public static UccPresenceCapabilities Read(XElement element)
    {
        var capabilities = new UccPresenceCapabilities(element.AttributeOf("uri")) { Preferred = element.AttributeOf("preferred") is "true" or "1" };
        capabilities._infos.Replace(element.Elements().Select(UccPresenceCapabilityInfo.Read));
        return capabilities;
    }

    /// <summary>Writes whatever the application's object says of itself.</summary>
    public static XElement Write(IUccPresenceCapabilities capabilities, XNamespace ns) => new(
        ns + "capabilities",
        new XAttribute("preferred", capabilities.Preferred ? "true" : "false"),
        CategoryXml.Attribute("uri", capabilities.Uri ?? ""),
        capabilities.CapabilityInfoCollection.Cast<IUccPresenceCapabilityInfo>().Select(i => UccPresenceCapabilityInfo.Write(i, ns)));
}
