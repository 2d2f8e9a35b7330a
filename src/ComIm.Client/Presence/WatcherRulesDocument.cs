using System.Text;
using System.Xml.Linq;

namespace ComIm.Client.Presence;

/// <summary>
/// Who may watch, as a presence authorisation document (RFC 5025). Rules only add up there, so the one for everybody names those who
/// are blocked as its exceptions.
/// </summary>
internal static class WatcherRulesDocument
{
    public const string ContentType = "application/auth-policy+xml";

    private static readonly XNamespace Policy = "urn:ietf:params:xml:ns:common-policy";
    private static readonly XNamespace Rules = "urn:ietf:params:xml:ns:pres-rules";

    /// <summary>Writes it.</summary>
    public static byte[] Write(WatcherPolicy policy, IReadOnlyList<string> allowed, IReadOnlyList<string> blocked)
    {
        var root = new XElement(Policy + "ruleset", new XAttribute(XNamespace.Xmlns + "pr", Rules));
        if (policy != WatcherPolicy.Block)
        {
            var others = new XElement(Policy + "many", blocked.Select(b => new XElement(Policy + "except", new XAttribute("id", b))));
            root.Add(Rule("others", others, policy == WatcherPolicy.Allow ? "allow" : "confirm"));
        }

        if (allowed.Count > 0)
        {
            root.Add(Rule("allowed", allowed.Select(One), "allow"));
        }

        if (blocked.Count > 0)
        {
            root.Add(Rule("blocked", blocked.Select(One), "block"));
        }

        return Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root.ToString(SaveOptions.DisableFormatting));
    }

    private static XElement One(string address) => new(Policy + "one", new XAttribute("id", address));

    private static XElement Rule(string id, object who, string handling) => new(
        Policy + "rule",
        new XAttribute("id", id),
        new XElement(Policy + "conditions", new XElement(Policy + "identity", who)),
        new XElement(Policy + "actions", new XElement(Rules + "sub-handling", handling)),
        new XElement(Policy + "transformations"));
}
