using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Client.Presence;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>Somebody whose categories are subscribed to.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccPresentity : EventSourceObject, IUccPresentity
{
    private const int ContextAddedEvent = 10400;
    private const int ContextRemovedEvent = 10401;

    private readonly Lock _gate = new();
    private readonly List<UccCategoryContext> _categories = [];
    private readonly TimeProvider _time;
    private readonly ConnectionPoint _events;

    public UccPresentity(IUccUri uri, bool isSelf, IUccContext? context, TimeProvider time)
        : base(UccCoclasses.UccPresentity.Dispatch, UccCoclasses.UccPresentity.Sources)
    {
        Uri = uri;
        IsSelf = isSelf;
        Context = context ?? new UccContext();
        _time = time;
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

    /// <summary>A SIP server does not say in whose network somebody is.</summary>
    public UCC_SOURCE_NETWORK_TYPE SourceType => UCC_SOURCE_NETWORK_TYPE.UCCSNT_UNSPECIFIED;

    public bool IsSelf { get; }

    /// <summary>The application's own words; they are kept and go nowhere.</summary>
    public string SubscriberContext { get; set => field = value ?? ""; } = "";

    public IUccContext Context { get; }

    /// <summary>Asks for the presence anew, where it is subscribed to.</summary>
    public Action? Refreshing { get; set; }

    public bool TryFindCategoryContext(string? bstrCategoryName, out IUccCategoryContext? ppContext) =>
        (ppContext = Find(bstrCategoryName ?? "")) != null;

    public void RefreshPresence(IUccOperationContext? pCtxt) => Refreshing?.Invoke();

    /// <summary>What standard presence says has been received.</summary>
    internal void Receive(IReadOnlySet<string> names, PresenceStatus status, string? displayName)
    {
        Receive(names, CategoryFactory.State, PresenceValues.State(status));
        Receive(names, CategoryFactory.Note, PresenceValues.Note(status));
        Receive(names, CategoryFactory.ContactCard, PresenceValues.ContactCard(displayName));
    }

    /// <summary>The category of this name; it comes into being where it is not there.</summary>
    internal UccCategoryContext Demand(string name)
    {
        if (Find(name) is { } known)
        {
            return known;
        }

        var added = new UccCategoryContext(this, name, _time);
        lock (_gate)
        {
            _categories.Add(added);
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
        string[] names;
        lock (_gate)
        {
            names = [.. _categories.Select(c => c.Name)];
        }

        foreach (var name in names)
        {
            Remove(name, reason);
        }
    }

    private void Receive(IReadOnlySet<string> names, string name, XElement? value)
    {
        if (names.Contains(name) && value != null)
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
