using System.Xml.Linq;
using ComIm.Sip.Bodies;
using ComIm.Sip.Messages;

namespace ComIm.Server.Presence;

/// <summary>
/// A user's own rules: a presence authorisation document (RFC 5025) as far as it decides who may watch. Rules only add up
/// (RFC 4745 section 10): of those that fit, the most generous counts; where none fits the watcher is blocked. Conditions and
/// transformations that it does not know make their rule one that never fits, so that nothing is told by mistake.
/// </summary>
internal sealed class PresenceRules
{
    /// <summary>The format (RFC 4745 section 15.1).</summary>
    public const string ContentType = "application/auth-policy+xml";

    private static readonly XNamespace Policy = "urn:ietf:params:xml:ns:common-policy";
    private static readonly XNamespace Rules = "urn:ietf:params:xml:ns:pres-rules";

    private const int MaxCharacters = 64 * 1024;

    private readonly List<(Func<SipUri, bool> Fits, WatcherHandling Handling)> _rules = [];

    private PresenceRules()
    {
    }

    /// <summary>Reads a document; null where it is none.</summary>
    /// <param name="bytes">What a user has sent.</param>
    public static PresenceRules? Read(ReadOnlyMemory<byte> bytes)
    {
        if (BoundedXml.Read(bytes, MaxCharacters) is not { } root || root.Name != Policy + "ruleset")
        {
            return null;
        }

        var rules = new PresenceRules();
        foreach (var rule in root.Elements(Policy + "rule"))
        {
            if (HandlingOf(rule) is { } handling && ConditionOf(rule) is { } fits)
            {
                rules._rules.Add((fits, handling));
            }
        }

        return rules;
    }

    /// <summary>What becomes of a watcher.</summary>
    /// <param name="watcher">His address.</param>
    public WatcherHandling HandlingOf(SipUri watcher) =>
        _rules.Where(r => r.Fits(watcher)).Select(r => r.Handling).DefaultIfEmpty(WatcherHandling.Block).Max();

    private static WatcherHandling? HandlingOf(XElement rule) =>
        rule.Element(Policy + "actions")?.Element(Rules + "sub-handling")?.Value.Trim() switch
        {
            "block" => WatcherHandling.Block,
            "confirm" => WatcherHandling.Confirm,
            "polite-block" => WatcherHandling.PoliteBlock,
            "allow" => WatcherHandling.Allow,
            _ => null,
        };

    private static Func<SipUri, bool>? ConditionOf(XElement rule)
    {
        var conditions = rule.Element(Policy + "conditions")?.Elements().ToList() ?? [];
        return conditions switch
        {
            [] => _ => true,
            [var only] when only.Name == Policy + "identity" => IdentityOf(only),
            _ => null,
        };
    }

    /// <summary>Any of those who are named (RFC 4745 section 7.1).</summary>
    private static Func<SipUri, bool>? IdentityOf(XElement identity)
    {
        var ones = new HashSet<SipUri>();
        var many = new List<Func<SipUri, bool>>();
        foreach (var element in identity.Elements())
        {
            if (element.Name == Policy + "one" && element.Attribute("id") is { } id)
            {
                ones.UnionWith(UriOf(id.Value));
            }
            else if (element.Name == Policy + "many")
            {
                many.Add(ManyOf(element));
            }
            else
            {
                return null;
            }
        }

        return watcher => ones.Contains(watcher) || many.Exists(m => m(watcher));
    }

    private static Func<SipUri, bool> ManyOf(XElement many)
    {
        var domain = many.Attribute("domain")?.Value;
        var exceptions = many.Elements(Policy + "except").ToList();
        var ids = exceptions.SelectMany(e => UriOf(e.Attribute("id")?.Value)).ToHashSet();
        var domains = exceptions.Select(e => e.Attribute("domain")?.Value).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        return watcher => (domain is null || domain.Equals(watcher.Host, StringComparison.OrdinalIgnoreCase))
            && !domains.Contains(watcher.Host) && !ids.Contains(watcher);
    }

    private static IEnumerable<SipUri> UriOf(string? text) => SipUri.TryParse(text, out var uri) ? [uri.AddressOfRecord] : [];
}
