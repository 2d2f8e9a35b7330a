using System.Globalization;
using System.Text;
using System.Xml.Linq;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Events;

namespace ComIm.Server.Presence;

/// <summary>Tells users who watches them (RFC 3857, RFC 3858). Every document is whole; its version counts per subscription.</summary>
/// <param name="domain">The domain of the users.</param>
/// <param name="watchers">Who watches whom.</param>
internal sealed class WatcherInformation(string domain, WatcherList watchers)
{
    private const string ContentType = "application/watcherinfo+xml";

    private static readonly XNamespace Winfo = "urn:ietf:params:xml:ns:watcherinfo";

    private readonly Lock _gate = new();
    private readonly Dictionary<NotifierSubscription, (string User, uint Version)> _versions = [];

    /// <summary>The package.</summary>
    public static EventPackage Package { get; } = new() { Name = "presence.winfo", ContentTypes = [ContentType] };

    /// <summary>A user wants to know; false where he has too many subscriptions already.</summary>
    /// <param name="user">The user.</param>
    /// <param name="subscription">His subscription.</param>
    /// <param name="max">How many a user may have.</param>
    public bool TryAdd(string user, NotifierSubscription subscription, int max)
    {
        lock (_gate)
        {
            if (_versions.Values.Count(v => v.User == user) >= max)
            {
                return false;
            }

            _versions[subscription] = (user, 0);
        }

        subscription.Ended += s =>
        {
            lock (_gate)
            {
                _versions.Remove(s);
            }
        };
        return true;
    }

    /// <summary>Somebody has begun or ceased to watch a user.</summary>
    /// <param name="user">The user.</param>
    public void Notify(string user)
    {
        List<NotifierSubscription> told;
        lock (_gate)
        {
            told = [.. _versions.Where(v => v.Value.User == user).Select(v => v.Key)];
        }

        told.ForEach(s => s.Notify(DocumentFor(s)));
    }

    /// <summary>Who watches the user of a subscription; the next version.</summary>
    /// <param name="subscription">The subscription.</param>
    public SessionBody? DocumentFor(NotifierSubscription subscription)
    {
        (string User, uint Version) next;
        lock (_gate)
        {
            if (!_versions.TryGetValue(subscription, out next))
            {
                return null;
            }

            _versions[subscription] = (next.User, next.Version + 1);
        }

        var root = new XElement(
            Winfo + "watcherinfo",
            new XAttribute("version", next.Version.ToString(CultureInfo.InvariantCulture)),
            new XAttribute("state", "full"),
            new XElement(
                Winfo + "watcher-list",
                new XAttribute("resource", AddressOf(next.User)),
                new XAttribute("package", PresenceAgent.Package),
                watchers.Of(next.User).Where(w => w.Watcher != next.User).Select(Describe)));
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root.ToString(SaveOptions.DisableFormatting);
        return new SessionBody(ContentType, Encoding.UTF8.GetBytes(text));
    }

    private XElement Describe(WatcherEntry entry) => new(
        Winfo + "watcher",
        new XAttribute("id", entry.Id),
        new XAttribute("status", entry.Subscription.IsPending ? "pending" : "active"),
        new XAttribute("event", "subscribe"),
        entry.Subscription.Request.From?.DisplayName is { Length: > 0 and < 256 } name && name.All(System.Xml.XmlConvert.IsXmlChar) ? new XAttribute("display-name", name) : null,
        AddressOf(entry.Watcher));

    private string AddressOf(string user) => $"sip:{user}@{domain}";
}
