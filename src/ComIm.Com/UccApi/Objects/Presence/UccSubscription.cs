using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Endpoints;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>
/// Some categories of some people. A change of either list takes effect at the next <see cref="Subscribe"/>, as in the original.
/// The names <c>state</c>, <c>note</c> and <c>contactCard</c> are served from standard presence (RFC 3856); those that are the
/// user's own (<c>contacts</c>, <c>groups</c>, <c>subscribers</c>, <c>containers</c>, <c>categories</c> and the settings) from the account,
/// for the presentity that is the user; any other goes along in the presence document between applications of ComIm.
/// </summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccSubscription : EventSourceObject, IUccSubscription
{
    private const int SubscribeEvent = 10300;
    private const int UnsubscribeEvent = 10301;
    private const int QueryEvent = 10302;

    private readonly Lock _gate = new();
    private readonly UccServerEndpoint _endpoint;
    private readonly UccList<IUccPresentity> _presentities = new("presentity");
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly ConnectionPoint _events;
    private List<(UccPresentity Presentity, IDisposable Watch)> _watched = [];

    public UccSubscription(UccServerEndpoint endpoint, IUccContext? context)
        : base(UccCoclasses.UccSubscription.Dispatch, UccCoclasses.UccSubscription.Sources, endpoint.Lane)
    {
        _endpoint = endpoint;
        Context = context ?? new UccContext();
        _events = PointFor(typeof(_IUccSubscriptionEvents));
    }

    public IUccCollection Presentities => _presentities.ToCollection();

    public IUccCollection CategoryNames => new UccCollection([.. Names().Order(StringComparer.Ordinal)]);

    public IUccContext Context { get; }

    public IUccPresentity CreatePresentity(IUccUri? pPresentityUri, IUccContext? pContext) => pPresentityUri == null
        ? throw new HResultException(HResults.InvalidArgument, "A presentity needs a URI.")
        : new UccPresentity(_endpoint, pPresentityUri, pContext);

    public void AddPresentity(IUccPresentity? pPresentity) => _presentities.Add(pPresentity);

    public void RemovePresentity(IUccPresentity? pPresentity) => _presentities.Remove(pPresentity);

    public void AddCategoryName(string? bstrName)
    {
        if (string.IsNullOrWhiteSpace(bstrName))
        {
            throw new HResultException(HResults.InvalidArgument, "A category has a name.");
        }

        lock (_gate)
        {
            if (!_names.Add(bstrName))
            {
                throw new HResultException(UccHResults.UCC_E_ALREADY_EXIST, $"The category {bstrName} has been added before.");
            }
        }
    }

    public void RemoveCategoryName(string? bstrName)
    {
        lock (_gate)
        {
            if (!_names.Remove(bstrName ?? ""))
            {
                throw new HResultException(UccHResults.UCC_E_NOT_EXIST, $"The category {bstrName} has not been added.");
            }
        }
    }

    /// <summary>Subscribes to what was added; <c>OnSubscribe</c> comes when everybody's answer is known.</summary>
    public void Subscribe(IUccOperationContext? pContext = null)
    {
        var next = Watch(pContext);
        _endpoint.Remember(this);
        _ = ReportAsync(SubscribeEvent, pContext, next);
        foreach (var (presentity, watch) in Exchange([.. next.Select(n => (n.Presentity, (IDisposable)n.Watch))]))
        {
            watch.Dispose();
            if (!next.Exists(n => n.Presentity == presentity))
            {
                presentity.Clear(UCC_CATEGORY_REMOVAL_REASON.UCCCRR_UNSUBSCRIBED_BY_USER);
            }
        }

        var names = Names();
        next.ForEach(n => n.Presentity.Keep(names));
    }

    public void Unsubscribe(IUccOperationContext? pContext = null)
    {
        _endpoint.DemandAccount();
        _endpoint.Forget(this);
        var ended = End().Select(p => ((IUccPresentity)p, UccOperationProgressEvent.Success(pContext)));
        _events.Raise(UnsubscribeEvent, this, new UccSubscriptionEvent(pContext, [.. ended]));
    }

    /// <summary>Asks once; <c>OnQuery</c> comes when everybody's answer is known, and what was received stays.</summary>
    public void Query(IUccOperationContext? pContext = null)
    {
        var asked = Watch(pContext);
        _ = QueryAsync(pContext, asked);
    }

    /// <summary>It is over: what was received of its presentities is gone, which they and their categories tell.</summary>
    internal List<UccPresentity> End()
    {
        var ended = Exchange([]);
        foreach (var (presentity, watch) in ended)
        {
            watch.Dispose();
            presentity.Clear(UCC_CATEGORY_REMOVAL_REASON.UCCCRR_UNSUBSCRIBED_BY_USER);
        }

        return ended.ConvertAll(e => e.Presentity);
    }

    private async Task QueryAsync(IUccOperationContext? operation, List<(UccPresentity Presentity, PresentityWatch Watch)> asked)
    {
        await ReportAsync(QueryEvent, operation, asked).ConfigureAwait(false);
        asked.ForEach(a => a.Watch.Dispose());
    }

    private List<(UccPresentity Presentity, PresentityWatch Watch)> Watch(IUccOperationContext? operation)
    {
        var account = _endpoint.DemandAccount();
        var names = Names();
        var presentities = _presentities.Snapshot().OfType<UccPresentity>().ToList();
        if (names.Count == 0 || presentities.Count == 0)
        {
            throw new HResultException(UccHResults.UCC_E_INVALID_OBJECT_STATE, "Add a presentity and the name of a category first.");
        }

        return [.. presentities.Select(p => (p, new PresentityWatch(account, p, names, operation)))];
    }

    private async Task ReportAsync(int dispId, IUccOperationContext? operation, List<(UccPresentity Presentity, PresentityWatch Watch)> watched)
    {
        var results = new List<(IUccPresentity, UccOperationProgressEvent)>();
        foreach (var (presentity, watch) in watched)
        {
            results.Add((presentity, await watch.Answered.ConfigureAwait(false)));
        }

        _events.Raise(dispId, this, new UccSubscriptionEvent(operation, results));
    }

    private List<(UccPresentity Presentity, IDisposable Watch)> Exchange(List<(UccPresentity Presentity, IDisposable Watch)> next)
    {
        lock (_gate)
        {
            (var old, _watched) = (_watched, next);
            return old;
        }
    }

    private HashSet<string> Names()
    {
        lock (_gate)
        {
            return new HashSet<string>(_names, StringComparer.Ordinal);
        }
    }
}
