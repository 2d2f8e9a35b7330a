using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Client.Presence;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Endpoints;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>Somebody whose categories are subscribed to.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccPresentity : EventSourceObject, IUccPresentity
{
    private const int ContextAddedEvent = 10400;
    private const int ContextRemovedEvent = 10401;

    private readonly Lock _gate = new();
    private readonly List<UccCategoryContext> _categories = [];
    private readonly ConnectionPoint _events;

    public UccPresentity(UccServerEndpoint endpoint, IUccUri uri, IUccContext? context)
        : base(UccCoclasses.UccPresentity.Dispatch, UccCoclasses.UccPresentity.Sources, endpoint.Lane)
    {
        Endpoint = endpoint;
        Uri = uri;
        IsSelf = string.Equals(endpoint.Uri.AddressOfRecord, uri.AddressOfRecord, StringComparison.OrdinalIgnoreCase);
        Context = context ?? new UccContext();
        _events = PointFor(typeof(_IUccPresentityEvents));
    }

    public IUccCollection CategoryContexts
    {
        get
        {
            lock (_gate)
            {
                return new UccCollection([.. _categories]);
            }
        }
    }

    public IUccUri Uri { get; }

    /// <summary>Our own domain is the company; of others nothing is known.</summary>
    public UCC_SOURCE_NETWORK_TYPE SourceType => string.Equals(Uri.Host, Endpoint.Uri.Host, StringComparison.OrdinalIgnoreCase)
        ? UCC_SOURCE_NETWORK_TYPE.UCCSNT_COMPANY
        : UCC_SOURCE_NETWORK_TYPE.UCCSNT_UNSPECIFIED;

    public bool IsSelf { get; }

    /// <summary>The application's own words; they are kept and go nowhere.</summary>
    public string SubscriberContext { get; set => field = value ?? ""; } = "";

    public IUccContext Context { get; }

    /// <summary>Who subscribes to it.</summary>
    internal UccServerEndpoint Endpoint { get; }

    /// <summary>Asks for the presence anew; null while nobody has subscribed to it.</summary>
    internal Action? Refreshing { get; set; }

    public bool TryFindCategoryContext(string? bstrCategoryName, out IUccCategoryContext? ppContext) =>
        (ppContext = Find(bstrCategoryName ?? "")) != null;

    /// <summary>Asks the server for the presence anew; there is no event for it but those of what has changed.</summary>
    /// <exception cref="HResultException">UCC_E_INVALID_OBJECT_STATE: it is not subscribed to.</exception>
    public void RefreshPresence(IUccOperationContext? pCtxt) =>
        (Refreshing ?? throw new HResultException(UccHResults.UCC_E_INVALID_OBJECT_STATE, "The presentity is not subscribed to."))();

    /// <summary>A presence document has been received.</summary>
    internal void Receive(IReadOnlySet<string> names, PresenceStatus status, string? displayName)
    {
        var words = CategoryDocument.Read(status.Extension);
        foreach (var name in names.Where(n => !CategoryFactory.IsOwn(n)))
        {
            switch (name)
            {
                case CategoryFactory.State:
                    Receive(name, PublishedPresence.State(status, words));
                    break;
                case CategoryFactory.Note:
                    Receive(name, PublishedPresence.Note(status, words));
                    break;
                case CategoryFactory.ContactCard when !words.Any(c => c.Name == name):
                    Receive(name, PresenceValues.ContactCard(displayName));
                    break;
                case CategoryFactory.Services when !words.Any(c => c.Name == name):
                    Receive(name, UccPresenceServicesInstance.Aggregate(Uri.AddressOfRecord, words));
                    break;
                default:
                    Receive(name, [.. words.Where(c => c.Name == name)]);
                    break;
            }
        }
    }

    /// <summary>Of the categories only these are asked for now.</summary>
    internal void Keep(IReadOnlySet<string> names)
    {
        foreach (var name in Names().Where(n => !names.Contains(n) && !names.Contains(CategoryFactory.OwnCategories)))
        {
            Remove(name, UCC_CATEGORY_REMOVAL_REASON.UCCCRR_UNSUBSCRIBED_BY_USER);
        }
    }

    /// <summary>The category of this name; it comes into being where it is not there.</summary>
    internal UccCategoryContext Demand(string name)
    {
        UccCategoryContext added;
        lock (_gate)
        {
            if (_categories.Find(c => c.Name == name) is { } known)
            {
                return known;
            }

            _categories.Add(added = CategoryFactory.CreateContext(this, name));
        }

        _events.Raise(ContextAddedEvent, this, new UccCategoryContextEvent(added, null));
        return added;
    }

    /// <summary>The category of this name has gone.</summary>
    internal void Remove(string name, UCC_CATEGORY_REMOVAL_REASON reason)
    {
        if (Find(name) is { } category)
        {
            category.Clear(reason);
            lock (_gate)
            {
                _categories.Remove(category);
            }

            _events.Raise(ContextRemovedEvent, this, new UccCategoryContextEvent(category, reason));
        }
    }

    /// <summary>Everything has gone.</summary>
    internal void Clear(UCC_CATEGORY_REMOVAL_REASON reason)
    {
        foreach (var name in Names())
        {
            Remove(name, reason);
        }
    }

    private string[] Names()
    {
        lock (_gate)
        {
            return [.. _categories.Select(c => c.Name)];
        }
    }

    private void Receive(string name, IReadOnlyList<PublishedCategory> published)
    {
        // Of several devices that say the same instance, the newest knows best.
        var newest = published.GroupBy(c => (c.ContainerId, c.InstanceId)).Select(g => g.Last()).ToList();
        if (newest.Count == 0)
        {
            Remove(name, UCC_CATEGORY_REMOVAL_REASON.UCCCRR_RECEIVED_NOTIFY);
            return;
        }

        var category = Demand(name);
        category.Keep(i => newest.Exists(c => c.Is(name, i.ContainerId, i.InstanceId)), UCC_CATEGORY_REMOVAL_REASON.UCCCRR_RECEIVED_NOTIFY);
        newest.ForEach(c => category.Receive(c));
    }

    private void Receive(string name, XElement? value)
    {
        if (value != null)
        {
            Demand(name).Receive(UccConstants.UCC_DEFAULT_CONTAINER_ID, 0, value);
        }
        else
        {
            Remove(name, UCC_CATEGORY_REMOVAL_REASON.UCCCRR_RECEIVED_NOTIFY);
        }
    }

    private UccCategoryContext? Find(string name)
    {
        lock (_gate)
        {
            return _categories.Find(c => c.Name == name);
        }
    }
}
