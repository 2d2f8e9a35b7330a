using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>
/// One value of a category. This class carries a category of the application's own as it is; the typed ones say what is in
/// theirs. What was received is read only: an update is published from <see cref="CreatePublishableCategoryInstance"/>.
/// </summary>
[ClassInterface(ClassInterfaceType.None)]
internal class UccCategoryInstance : EventSourceObject, IUccCategoryInstance
{
    private const int ValueModifiedEvent = 10100;

    private readonly ConnectionPoint _events;
    private CategoryPlace _place;
    private XElement? _value;

    /// <summary>A category of the application's own.</summary>
    public UccCategoryInstance(CategoryPlace place)
        : this(UccCoclasses.UccCategoryInstance, place)
    {
    }

    private protected UccCategoryInstance(UccCoclass coclass, CategoryPlace place)
        : base(coclass.Dispatch, coclass.Sources.Append(typeof(_IUccCategoryInstanceEvents)).Distinct(), place.Lane)
    {
        _place = place;

        // Whatever an instance is cast to, it tells of a new value as every instance does.
        _events = PointFor(typeof(_IUccCategoryInstanceEvents));
    }

    public IUccPresentity? Presentity => _place.Presentity;

    public IUccCategoryContext? CategoryContext => _place.Context;

    public int InstanceId => _place.InstanceId;

    /// <summary>The value as XML.</summary>
    /// <exception cref="HResultException">It is read only, or what is set is not XML.</exception>
    public string Value
    {
        get => Write().ToString(SaveOptions.DisableFormatting);
        set
        {
            DemandPublishable();
            Read(CategoryXml.Parse(value));
        }
    }

    public IUccContainer? Container => _place.Container;

    public int ContainerId => _place.ContainerId;

    public int Version => _place.Version;

    public int ExpiryTime
    {
        get => _place.ExpiryTime;
        set
        {
            DemandPublishable();
            if (value < 0)
            {
                throw new HResultException(HResults.InvalidArgument, "A category expires after a number of seconds.");
            }

            _place = _place with { ExpiryTime = value };
        }
    }

    public UCC_CATEGORY_INSTANCE_EXPIRE_TYPE ExpireType => _place.ExpireType;

    public DateTime PublishedTime => _place.PublishedTime;

    /// <summary>What a publication is to do with it: to add it means to change it as well.</summary>
    public UCC_PUBLICATION_OPERATION_TYPE PublicationOperation
    {
        internal get;
        set
        {
            DemandPublishable();
            field = value;
        }
    }

    public bool IsPublishedByLocalEndpoint => _place.IsLocal;

    /// <summary>The category's name.</summary>
    internal string CategoryName => _place.Name;

    /// <summary>What it was a copy of; null where it was not.</summary>
    internal XElement? OriginalValue { get; private set; }

    /// <summary>A copy that can be changed and published.</summary>
    public IUccCategoryInstance CreatePublishableCategoryInstance()
    {
        var copy = CategoryFactory.Create(_place.ToPublishable());
        copy.Read(copy.OriginalValue = Write());
        return copy;
    }

    /// <summary>It is seen in a category of somebody now.</summary>
    internal void ShowIn(IUccCategoryContext context) => _place = _place with { Presentity = context.Presentity, Context = context };

    /// <summary>A new value has been received.</summary>
    internal virtual void Receive(XElement value, int version, DateTime publishedTime)
    {
        Read(value);
        _place = _place with { Version = version, PublishedTime = publishedTime };
        _events.Raise(ValueModifiedEvent, this, null);
    }

    /// <summary>Takes a value over, from the wire or from another instance.</summary>
    internal virtual void Read(XElement value) => _value = value;

    /// <summary>The value as it stands.</summary>
    internal virtual XElement Write() => _value ?? new XElement(_place.Name);

    private protected void DemandPublishable()
    {
        if (!_place.IsPublishable)
        {
            throw new HResultException(
                UccHResults.UCC_E_INVALID_OBJECT_STATE,
                "What was received is read only. Publish a change from CreatePublishableCategoryInstance.");
        }
    }

    /// <summary>Sets a field of an instance that is to be published.</summary>
    private protected void Set<T>(ref T field, T value)
    {
        DemandPublishable();
        field = value;
    }
}
