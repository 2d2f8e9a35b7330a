using System.Xml.Linq;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>
/// The policies that the original's server sent to its clients ([MS-SIPREGE]). No server of today sends any: these are the
/// ones that hold with ComIm whatever the server, which carries text and no media.
/// </summary>
internal static class ProvisionedPolicies
{
    /// <summary>The policy of a category; null where the category is none.</summary>
    public static XElement? Of(string category) => category switch
    {
        CategoryFactory.MeetingPolicy =>
            Write(category, [("AllowIPAudio", "false"), ("AllowIPVideo", "false"), ("EnableDataCollaboration", "false")]),
        CategoryFactory.UcPolicy =>
            Write(category, [("AllowSimultaneousRinging", "false"), ("AllowCallForwarding", "false"), ("EnableCallTransfer", "false")]),
        CategoryFactory.UserProperties => Write(category, [("telephonyMode", "None")]),
        _ => null,
    };

    private static XElement Write(string name, (string Name, string Value)[] properties)
    {
        XNamespace ns = "http://schemas.microsoft.com/2006/09/sip/provisiongrouplist-notification";
        return new XElement(
            ns + "provisionGroup",
            new XAttribute("name", name),
            new XElement(ns + "propertyEntryList", properties.Select(p => new XElement(ns + "property", new XAttribute("name", p.Name), p.Value))));
    }
}
