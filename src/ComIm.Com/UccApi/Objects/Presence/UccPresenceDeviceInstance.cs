using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>The category <c>device</c>: a device of somebody's, and what it can do.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccPresenceDeviceInstance(CategoryPlace place)
    : UccCategoryInstance(UccCoclasses.UccPresenceDeviceInstance, place), IUccPresenceDeviceInstance
{
    private static readonly XNamespace Namespace = "http://schemas.microsoft.com/2006/09/sip/device";

    private readonly UccList<IUccPresenceCapabilities> _capabilities = new("set of capabilities");
    private string _machineName = "";

    /// <summary>Leads to the device.</summary>
    public string Gruu { get; internal set; } = "";

    public string MachineName
    {
        get => _machineName;
        set => Set(ref _machineName, value ?? "");
    }

    public IUccCollection CapabilitiesCollection => _capabilities.ToCollection();

    public IUccPresenceCapabilities CreateCapabilities(string? bstrUri) => new UccPresenceCapabilities(bstrUri ?? "");

    public void AddCapabilities(IUccPresenceCapabilities? pCapabilities)
    {
        DemandPublishable();
        _capabilities.Add(pCapabilities);
    }

    public void RemoveCapabilities(IUccPresenceCapabilities? pCapabilities)
    {
        DemandPublishable();
        _capabilities.Remove(pCapabilities);
    }

    public void RemoveAllCapabilities()
    {
        DemandPublishable();
        _capabilities.Replace([]);
    }

    /// <inheritdoc/>
    internal override void Read(XElement value)
    {
        Gruu = value.AttributeOf("endpointId");
        _machineName = value.TextOf("machineName");
        _capabilities.Replace(value.Children("capabilities").Select(UccPresenceCapabilities.Read));
    }

    /// <inheritdoc/>
    internal override XElement Write() => new(
        Namespace + "device",
        CategoryXml.Attribute("endpointId", Gruu),
        _capabilities.Snapshot().Select(c => UccPresenceCapabilities.Write(c, Namespace)),
        CategoryXml.Element(Namespace + "machineName", _machineName));
}
