using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>One category of a presentity: the instances received of it.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal class UccCategoryContext : EventSourceObject, IUccCategoryContext
{
    private const int InstanceAddedEvent = 10200;
    private const int InstanceRemovedEvent = 10201;

    private readonly Lock _gate = new();
    private readonly List<UccCategoryInstance> _instances = [];
    private readonly TimeProvider _time;
    private readonly SinkLane? _lane;
    private readonly ConnectionPoint _events;

    public UccCategoryContext(UccPresentity presentity, string name)
        : this(UccCoclasses.UccCategoryContext, presentity, name)
    {
    }

    private protected UccCategoryContext(UccCoclass coclass, UccPresentity presentity, string name)
        : base(coclass.Dispatch, coclass.Sources.Append(typeof(_IUccCategoryContextEvents)).Distinct(), presentity.Lane)
    {
        Presentity = presentity;
        Name = name;
        (_time, _lane) = (presentity.Endpoint.Platform.Time, presentity.Lane);
        _events = PointFor(typeof(_IUccCategoryContextEvents));

        // The documentation tells applications to listen when OnCategoryContextAdded comes; what is in it has been raised by then, each
        // contact of a long list.
        KeepEarlyEvents(SinkQueue.Capacity);
    }

    public IUccPresentity Presentity { get; }

    public string Name { get; }

    public bool TryFindCategoryInstance(int lContainerID, int lInstanceId, out IUccCategoryInstance? ppCategoryInstance) =>
        (ppCategoryInstance = Find(lContainerID, lInstanceId)) != null;

    public IUccCollection get_CategoryInstances(int lContainerID)
    {
        lock (_gate)
        {
            return new UccCollection([.. _instances.Where(i => i.ContainerId == lContainerID)]);
        }
    }

    /// <summary>An instance of the user's own is seen in it.</summary>
    internal void Show(UccCategoryInstance own)
    {
        lock (_gate)
        {
            if (_instances.Contains(own))
            {
                return;
            }

            _instances.Add(own);
        }

        own.ShowIn(this);
        _events.Raise(InstanceAddedEvent, this, new UccCategoryInstanceEvent(own, null));
    }

    /// <summary>What was published has been received.</summary>
    internal void Receive(PublishedCategory category, IUccContainer? container = null)
    {
        if (Find(category.ContainerId, category.InstanceId) is { } known)
        {
            if (known.Version != category.Version || known.PublishedTime != category.PublishedTime)
            {
                known.Receive(category.Value, category.Version, category.PublishedTime);
            }

            return;
        }

        var place = PlaceOf(category.ContainerId, category.InstanceId) with { IsLocal = container != null, Container = container };
        Add(CategoryFactory.Received(category, place));
    }

    /// <summary>A value has been received: an instance is made of it, or told of it. The same value again says nothing.</summary>
    internal void Receive(int containerId, int instanceId, XElement value, bool isLocal = false)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        if (Find(containerId, instanceId) is { } known)
        {
            var parsed = CategoryFactory.Create(new CategoryPlace(Name, containerId, instanceId));
            parsed.Read(value);
            if (parsed.Value != known.Value)
            {
                known.Receive(value, known.Version + 1, now);
            }

            return;
        }

        var added = CategoryFactory.Create(PlaceOf(containerId, instanceId) with { Version = 1, PublishedTime = now, IsLocal = isLocal });
        added.Read(value);
        Add(added);
    }

    /// <summary>Of the instances only these are left.</summary>
    internal void Keep(Func<UccCategoryInstance, bool> isLeft, UCC_CATEGORY_REMOVAL_REASON reason)
    {
        foreach (var instance in Snapshot().Where(i => !isLeft(i)))
        {
            Remove(instance, reason);
        }
    }

    /// <summary>All of it has gone.</summary>
    internal void Clear(UCC_CATEGORY_REMOVAL_REASON reason) => Keep(_ => false, reason);

    /// <summary>The instances of this moment.</summary>
    internal UccCategoryInstance[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _instances];
        }
    }

    private CategoryPlace PlaceOf(int containerId, int instanceId) =>
        new(Name, containerId, instanceId) { Presentity = Presentity, Context = this, Lane = _lane };

    private void Add(UccCategoryInstance instance)
    {
        lock (_gate)
        {
            // A query and a subscription may bring the same at once.
            if (_instances.Exists(i => i.ContainerId == instance.ContainerId && i.InstanceId == instance.InstanceId))
            {
                return;
            }

            _instances.Add(instance);
        }

        _events.Raise(InstanceAddedEvent, this, new UccCategoryInstanceEvent(instance, null));
    }

    private void Remove(UccCategoryInstance instance, UCC_CATEGORY_REMOVAL_REASON reason)
    {
        lock (_gate)
        {
            if (!_instances.Remove(instance))
            {
                return;
            }
        }

        _events.Raise(InstanceRemovedEvent, this, new UccCategoryInstanceEvent(instance, reason));
    }

    private UccCategoryInstance? Find(int containerId, int instanceId)
    {
        lock (_gate)
        {
            return _instances.Find(i => i.ContainerId == containerId && i.InstanceId == instanceId);
        }
    }
}
