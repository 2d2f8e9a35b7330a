using System.Runtime.InteropServices;
using ComIm.Client;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Endpoints;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>What is published at once. It can be published one time; for the next, another one is made.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccPublication : EventSourceObject, IUccPublication
{
    private const int PublishEvent = 10600;

    private static readonly DispatchTable Table = DispatchTable.Flatten([typeof(IUccPublication), typeof(IScriptEvents)]);

    private readonly UccServerEndpoint _endpoint;
    private readonly UccList<IUccCategoryInstance> _instances = new("category instance");
    private readonly ConnectionPoint _events;
    private int _isUsed;

    public UccPublication(UccServerEndpoint endpoint)
        : base(Table, [typeof(_IUccPublicationEvent)], endpoint.Lane)
    {
        _endpoint = endpoint;
        _events = PointFor(typeof(_IUccPublicationEvent));
    }

    public IUccCollection PublishableCategoryInstances => _instances.ToCollection();

    public void AddPublishableCategoryInstance(IUccCategoryInstance? pPublishableCategoryInstance)
    {
        DemandUnused();
        if (pPublishableCategoryInstance is { Presentity: not null })
        {
            throw new HResultException(
                UccHResults.UCC_E_INVALID_OBJECT_STATE, "That was received. Publish what its CreatePublishableCategoryInstance makes.");
        }

        _instances.Add(pPublishableCategoryInstance);
    }

    public void RemovePublishableCategoryInstance(IUccCategoryInstance? pPublishableCategoryInstance)
    {
        DemandUnused();
        _instances.Remove(pPublishableCategoryInstance);
    }

    /// <summary>Publishes; <c>OnPublish</c> tells how it went.</summary>
    public void Publish(IUccOperationContext? pOperationContext = null)
    {
        var account = _endpoint.DemandAccount();
        DemandUnused();
        var instances = _instances.Snapshot().OfType<UccCategoryInstance>().ToList();
        if (instances.Count == 0)
        {
            throw new HResultException(UccHResults.UCC_E_INVALID_OBJECT_STATE, "There is nothing to publish.");
        }

        if (Interlocked.Exchange(ref _isUsed, 1) != 0)
        {
            throw IsUsed();
        }

        _ = PublishAsync(new CategoryPublisher(_endpoint, account), instances, pOperationContext);
    }

    private async Task PublishAsync(CategoryPublisher publisher, List<UccCategoryInstance> instances, IUccOperationContext? operation)
    {
        UccOperationProgressEvent result;
        try
        {
            await publisher.PublishAsync(instances).ConfigureAwait(false);
            result = UccOperationProgressEvent.Success(operation);
        }
        catch (ImException e)
        {
            result = UccOperationProgressEvent.Failure(operation, UccFailures.Of(e), e);
        }
        catch (Exception e) when (e is HResultException or ArgumentException)
        {
            // What an instance says cannot be published: a contact without a URI, a name without end.
            result = new UccOperationProgressEvent(operation, isComplete: true, e is HResultException ? e.HResult : HResults.InvalidArgument, e.Message);
        }

        _events.Raise(PublishEvent, this, result);
    }

    private void DemandUnused()
    {
        if (Volatile.Read(ref _isUsed) != 0)
        {
            throw IsUsed();
        }
    }

    private static HResultException IsUsed() =>
        new(UccHResults.UCC_E_INVALID_OBJECT_STATE, "A publication is published once. Make another one by CreatePublication.");
}
