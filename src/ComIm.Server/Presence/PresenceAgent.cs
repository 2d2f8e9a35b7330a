using System.Collections.Concurrent;
using System.Globalization;
using ComIm.Server.Limits;
using ComIm.Server.Proxy;
using ComIm.Server.Registrar;
using ComIm.Sip;
using ComIm.Sip.Authentication;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Events;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Server.Presence;

/// <summary>
/// Keeps what users publish of their presence and tells it to those who may watch (RFC 3856, RFC 3903). Publications and
/// subscriptions are soft state in memory: after a restart clients make them again.
/// </summary>
internal sealed partial class PresenceAgent : IDisposable
{
    /// <summary>The name of its package, and of its own address.</summary>
    public const string Package = "presence";

    // How late it may be noticed that a user's last registration has run out.
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(10);

    private readonly OwnAddresses _own;
    private readonly LocationService _location;
    private readonly WatcherRules _rules;
    private readonly ServerLimits _limits;
    private readonly ServerMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly Func<SipStack> _stack;
    private readonly EventStateStore _states = new(SipTokens.NewTag);
    private readonly Lock _gate = new();

    // Of what happens to one user at the same time the newest state is told last. Users share locks, so that there are not more than these.
    private readonly Lock[] _telling = [.. Enumerable.Range(0, 64).Select(_ => new Lock())];
    private readonly WatcherList _watchers = new();
    private readonly WatcherInformation _information;
    private readonly EventPackages _packages = new();
    private readonly DialogTable _dialogs = new();
    private readonly ITimer _expiry;
    private readonly ITimer _sweep;
    private readonly ConcurrentDictionary<string, bool> _toldThere = new(StringComparer.Ordinal);

    public PresenceAgent(
        OwnAddresses own, LocationService location, WatcherRules rules, ServerLimits limits, ServerMetrics metrics, TimeProvider time, Func<SipStack> stack)
    {
        (_own, _location, _rules, _limits, _metrics, _time, _stack) = (own, location, rules, limits, metrics, time, stack);
        _information = new WatcherInformation(own.Domain, _watchers);
        _packages.Register(WatcherInformation.Package);
        _packages.Register(new EventPackage { Name = Package, ContentTypes = [PresenceDocument.ContentType] });
        _rules.Changed += OnRulesChanged;
        _expiry = time.CreateTimer(static a => ((PresenceAgent)a!).OnExpiry(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _sweep = time.CreateTimer(static a => ((PresenceAgent)a!).OnSweep(), this, SweepInterval, SweepInterval);
    }

    /// <summary>Keeps what users publish across a restart; null where it is in memory only.</summary>
    public PublicationKeeper? Publications
    {
        get;
        init
        {
            field = value;
            value?.Restore(_states, Package, _time.GetUtcNow());
            ArmExpiry();
        }
    }

    /// <summary>Whether a request is one for the agent, not for a user's device.</summary>
    /// <param name="request">The request.</param>
    /// <param name="uri">Its Request-URI.</param>
    public bool Takes(SipRequest request, SipUri uri) =>
        request.To?.Tag is not null ? request.Method == SipMethods.Subscribe && _own.IsServer(uri) && uri.User == Package
        : request.Method == SipMethods.Publish
            || (request.Method == SipMethods.Subscribe && (IsEvent(request, Package) || IsEvent(request, WatcherInformation.Package.Name)));

    /// <summary>Answers a request of a user who has proved to be one.</summary>
    /// <param name="transaction">The request.</param>
    /// <param name="user">Whose presence it is about; null inside a dialog.</param>
    /// <param name="sender">Who sent it.</param>
    public void Handle(ServerTransaction transaction, string? user, string sender)
    {
        if (user is null)
        {
            _dialogs.TryTake(transaction);
        }
        else if (transaction.Request.Method == SipMethods.Publish)
        {
            if (IsEvent(transaction.Request, RulesPackage))
            {
                PublishRules(transaction, user, sender);
            }
            else
            {
                Publish(transaction, user, sender);
            }
        }
        else if (IsEvent(transaction.Request, WatcherInformation.Package.Name))
        {
            SubscribeToWatchers(transaction, user, sender);
        }
        else
        {
            Subscribe(transaction, user, sender);
        }
    }

    /// <summary>A user has come or gone: his watchers are told, where he has published nothing himself.</summary>
    /// <param name="user">The user.</param>
    public void Refresh(string user)
    {
        lock (_telling[(uint)user.GetHashCode(StringComparison.Ordinal) % (uint)_telling.Length])
        {
            _toldThere[user] = IsThere(user);
            SessionBody? whole = null;
            foreach (var entry in _watchers.Of(user))
            {
                // Put together once, however many watch: it is the user who decides how much there is to put together.
                var isAllowed = _rules.HandlingOf(user, entry.Watcher) == WatcherHandling.Allow;
                entry.Subscription.Notify(isAllowed ? whole ??= StateOf(user) : StateFor(user, entry.Watcher));
            }
        }
    }

    public void Dispose()
    {
        _rules.Changed -= OnRulesChanged;
        _expiry.Dispose();
        _sweep.Dispose();
    }

    private void Publish(ServerTransaction transaction, string user, string sender)
    {
        var request = transaction.Request;
        var body = SessionBody.Of(request);
        if (!IsEvent(request, Package))
        {
            Refuse(transaction, 489, HeaderId.AllowEvents, $"{Package}, {RulesPackage}");
            return;
        }

        if (user != sender)
        {
            transaction.Respond(403, "Not Your Presence");
            return;
        }

        if (body is not null && !IsOfType(body, PresenceDocument.ContentType))
        {
            Refuse(transaction, 415, HeaderId.Accept, PresenceDocument.ContentType);
            return;
        }

        if (body is not null && !PresenceDocument.IsValid(body.Content))
        {
            transaction.Respond(400, "Invalid Presence Document");
            return;
        }

        var expires = request.Headers.Get(HeaderId.Expires);
        TimeSpan? asked = uint.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;

        // A copy: the document would else keep the whole datagram that it came in.
        var kept = body is null ? null : body with { Content = body.Content.ToArray() };
        EventStateResult result;
        lock (_gate)
        {
            result = _states.Publish(user, Package, request.Headers.Get(HeaderId.SipIfMatch), asked, kept, _time.GetUtcNow());
            ArmExpiry();
        }

        if (result.StatusCode != 200 || Publications is null)
        {
            Answer(transaction, result);
        }
        else
        {
            _ = Publications.AnswerAsync(user, () => PublishedBy(user), () => Answer(transaction, result));
        }

        if (result.Changed)
        {
            Refresh(user);
        }
    }

    private IReadOnlyList<EventStateEntry> PublishedBy(string user)
    {
        lock (_gate)
        {
            return _states.Read(user, Package);
        }
    }

    private void Answer(ServerTransaction transaction, EventStateResult result)
    {
        if (result.StatusCode == 503)
        {
            _metrics.Refuse(transaction, "publications", _limits.RetryAfter);
            return;
        }

        var response = transaction.CreateResponse(result.StatusCode);
        if (result.EntityTag is not null)
        {
            response.Headers.Add(HeaderId.SipETag, result.EntityTag);
        }

        if (result.StatusCode is 200 or 423)
        {
            var header = result.StatusCode == 200 ? HeaderId.Expires : HeaderId.MinExpires;
            response.Headers.Add(header, ((long)result.Lifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        }

        transaction.Respond(response);
    }

    private void Subscribe(ServerTransaction transaction, string user, string watcher)
    {
        var handling = _rules.HandlingOf(user, watcher);
        if (handling == WatcherHandling.Block)
        {
            transaction.Respond(403, "Not Allowed To Watch");
            return;
        }

        if (NotifierFor(transaction, watcher).Receive(transaction, _ => StateFor(user, watcher)) is not { } subscription)
        {
            return;
        }

        if (!_watchers.TryAdd(user, new WatcherEntry(watcher, subscription, handling), _limits.MaxWatchersPerUser))
        {
            _metrics.Refuse(transaction, "watchers", _limits.RetryAfter);
            return;
        }

        subscription.Ended += s =>
        {
            _watchers.Remove(user, s);
            _information.Notify(user);
        };
        subscription.Accept(pending: handling == WatcherHandling.Confirm);
        _information.Notify(user);
    }

    /// <summary>Notifications go the way to the watcher that the SUBSCRIBE came, or where he has come back since: his newest.</summary>
    private EventNotifier NotifierFor(ServerTransaction transaction, string watcher)
    {
        var flow = transaction.Flow;
        var contact = transaction.Request.Contact?.Uri;
        var agent = new SipUserAgent(_stack(), flow, new RequestAuthenticator(null), "ComIm")
        {
            Locate = (_, _) =>
            {
                var bindings = _location.Find(watcher);
                var binding = bindings.FirstOrDefault(b => b.Contact.Equals(contact)) ?? bindings.FirstOrDefault(b => b.Target == flow);
                return ValueTask.FromResult((binding ?? (bindings is [var newest, ..] ? newest : null))?.Target ?? flow);
            },
        };
        var address = _own.UriOf(transaction.Transport.Kind);
        var own = new SipUri(Package, address.HostPort);
        var transport = address.Parameters.Get("transport");
        return new EventNotifier(
            agent, _dialogs, _packages, new NameAddress(transport is null ? own : own.WithParameter("transport", transport)));
    }

    private SessionBody? StateFor(string user, string watcher) => _rules.HandlingOf(user, watcher) switch
    {
        WatcherHandling.Allow => StateOf(user),
        WatcherHandling.PoliteBlock => PresenceDocument.Compose(AddressOf(user), [], isRegistered: false),
        _ => null,
    };

    private SessionBody StateOf(string user)
    {
        IReadOnlyList<SessionBody> published;
        lock (_gate)
        {
            published = _states.Find(user, Package, _time.GetUtcNow());
        }

        return PresenceDocument.Compose(AddressOf(user), published, IsThere(user));
    }

    private string AddressOf(string user) => $"sip:{user}@{_own.Domain}";

    private void OnExpiry()
    {
        IReadOnlyList<(string Resource, string Package)> changed;
        lock (_gate)
        {
            changed = _states.Expire(_time.GetUtcNow());
            ArmExpiry();
        }

        foreach (var (user, _) in changed)
        {
            Refresh(user);
        }
    }

    /// <summary>Nothing comes from a user whose registration runs out: those who watch him are told by looking.</summary>
    private void OnSweep()
    {
        var watched = _watchers.Users;
        foreach (var gone in _toldThere.Keys.Except(watched, StringComparer.Ordinal))
        {
            _toldThere.TryRemove(gone, out _);
        }

        foreach (var user in watched.Where(u => _toldThere.GetOrAdd(u, IsThere) != IsThere(u)))
        {
            Refresh(user);
        }
    }

    private bool IsThere(string user) => _location.Find(user).Count > 0;

    private void ArmExpiry()
    {
        var left = _states.NextExpiry - _time.GetUtcNow();
        _expiry.Change(left is { } due ? due > TimeSpan.Zero ? due : TimeSpan.Zero : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private static bool IsEvent(SipRequest request, string package) =>
        EventHeader.Of(request)?.Package.Equals(package, StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsOfType(SessionBody body, string type) =>
        body.ContentType.Split(';')[0].Trim().Equals(type, StringComparison.OrdinalIgnoreCase);

    private static void Refuse(ServerTransaction transaction, int status, HeaderId header, string value)
    {
        var response = transaction.CreateResponse(status);
        response.Headers.Add(header, value);
        transaction.Respond(response);
    }
}
