using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>One category of a presentity: the instances received of it.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccCategoryContext : EventSourceObject, IUccCategoryContext
{
    private const int InstanceAddedEvent = 10200;
    private const int InstanceRemovedEvent = 10201;

    private readonly Lock _gate = new();
    private readonly List<UccCategoryInstance> _instances = [];
    private readonly TimeProvider _time;
    private readonly ConnectionPoint _events;

    public UccCategoryContext(IUccPresentity presentity, string name, TimeProvider time)
        : base(UccCoclasses.UccCategoryContext.Dispatch, UccCoclasses.UccCategoryContext.Sources)
    {
        Presentity = presentity;
        Name = name;
        _time = time;
        _events = PointFor(typeof(_IUccCategoryContextEvents));
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

        var added = CategoryFactory.Create(new CategoryPlace(Name, containerId, instanceId)
        {
            Presentity = Presentity,
            Context = this,
            Version = 1,
            PublishedTime = now,
            IsLocal = isLocal,
        });
        added.Read(value);
        lock (_gate)
        {
            _instances.Add(added);
        }

        _events.Raise(InstanceAddedEvent, this, new UccCategoryInstanceEvent(added, null));
    }

    /// <summary>An instance has gone.</summary>
    internal void Remove(int containerId, int instanceId, UCC_CATEGORY_REMOVAL_REASON reason)
    {
        if (Find(containerId, instanceId) is { } known)
        {
            Remove(known, reason);
        }
    }

    /// <summary>All of it has gone.</summary>
    internal void Clear(UCC_CATEGORY_REMOVAL_REASON reason)
    {
        foreach (var instance in Snapshot())
        {
            Remove(instance, reason);
        }
    }

    /// <summary>The instances of this moment.</summary>
    internal UccCategoryInstance[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _instances];
        }
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
