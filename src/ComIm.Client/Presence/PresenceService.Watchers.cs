using ComIm.Client.Conversations;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
namespace ComIm.Client.Presence;

/// <summary>Those who watch us: who they are, and who may.</summary>
public sealed partial class PresenceService
{
    /// <summary>
    /// Who watches us: those that the server tells of after <see cref="FollowWatchersAsync"/>, and those who ask the account itself.
    /// </summary>
    public IReadOnlyList<Watcher> Watchers => [.. _watchers.All.Concat(_notifier.All).DistinctBy(w => w.Address)];

    /// <summary><see cref="Watchers"/> has changed: somebody watches, waits to be allowed, or has gone.</summary>
    public event EventHandler? WatchersChanged;

    /// <summary>What becomes of those who have neither been allowed nor blocked.</summary>
    public WatcherPolicy Policy => _permissions.Policy;

    /// <summary>Those who may watch whatever <see cref="Policy"/> says.</summary>
    public IReadOnlyList<string> Allowed => _permissions.Allowed;

    /// <summary>Those who may not watch, and whose messages and conversations are refused (603). They need not be contacts.</summary>
    public IReadOnlyList<string> Blocked => _permissions.Blocked;

    /// <summary>
    /// Whether the server follows these rules. Where it does not (false) it may show our presence to those who are blocked; what they
    /// send is refused all the same. Null before it was asked.
    /// </summary>
    public bool? AreRulesKeptByServer { get; private set; }

    /// <summary>Asks the server to tell who watches us (RFC 3857), until the account signs out.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ImException">The server does not tell (<see cref="ImError.NotAccepted"/>), or the account is signed out.</exception>
    public async Task FollowWatchersAsync(CancellationToken cancellationToken = default)
    {
        CheckSignedIn("ask who watches");
        var outcome = await _watchers.StartAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        if (!outcome.IsSuccess)
        {
            throw ImFailures.OfPublishing(outcome, _account.Server);
        }
    }

    /// <summary>Lets somebody watch, whatever <see cref="Policy"/> says; who waits is let in, who was blocked no longer is.</summary>
    /// <param name="address">A SIP URI; the scheme may be left out.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ImException">The address is none, or it could not be kept and is as it was.</exception>
    public Task AllowAsync(string address, CancellationToken cancellationToken = default) => SetAsync(address, true, cancellationToken);

    /// <summary>
    /// Keeps our presence from somebody and refuses what they send (603): messages, conversations, subscriptions. A conversation
    /// with them that is under way is left.
    /// </summary>
    /// <param name="address">A SIP URI; the scheme may be left out.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ImException">The address is none, or it could not be kept and is as it was.</exception>
    public async Task BlockAsync(string address, CancellationToken cancellationToken = default)
    {
        await SetAsync(address, false, cancellationToken).ConfigureAwait(false);
        var peer = ImAddress.Parse(address).AddressOfRecord;
        foreach (var conversation in _account.Conversations.Where(c => c.Target.Equals(peer) && c.State != ConversationState.Disconnected))
        {
            await conversation.LeaveAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Neither allows nor blocks somebody any longer: <see cref="Policy"/> decides.</summary>
    /// <param name="address">A SIP URI; the scheme may be left out.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ImException">The address is none, or it could not be kept and is as it was.</exception>
    public Task ClearRuleAsync(string address, CancellationToken cancellationToken = default) => SetAsync(address, null, cancellationToken);

    /// <summary>Says what becomes of those who have neither been allowed nor blocked.</summary>
    /// <param name="policy">What.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ImException">It could not be kept and is as it was.</exception>
    public async Task SetPolicyAsync(WatcherPolicy policy, CancellationToken cancellationToken = default)
    {
        await _permissions.SetPolicyAsync(policy).WaitAsync(cancellationToken).ConfigureAwait(false);
        await OnPermissionsChangedAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether somebody is blocked.</summary>
    /// <param name="address">A SIP URI; the scheme may be left out.</param>
    /// <exception cref="ImException">The address is none.</exception>
    public bool IsBlocked(string address) => IsBlocked(ImAddress.Parse(address));

    internal bool IsBlocked(SipUri address) => _permissions.IsBlocked(address.AddressOfRecord);

    internal WatcherPolicy PolicyFor(SipUri watcher) => _permissions.PolicyFor(watcher.AddressOfRecord);

    /// <summary>A SUBSCRIBE that came to us ourselves.</summary>
    internal void Receive(ServerTransaction transaction, SipUri watcher) => _notifier.Receive(transaction, watcher.AddressOfRecord);

    internal void OnWatchersChanged()
    {
        foreach (var handler in WatchersChanged?.GetInvocationList() ?? [])
        {
            _account.Events.Post(() => ((EventHandler)handler)(this, EventArgs.Empty));
        }
    }

    private async Task SetAsync(string address, bool? isAllowed, CancellationToken cancellationToken)
    {
        var uri = ImAddress.Parse(address).AddressOfRecord;
        await _permissions.SetAsync(uri, isAllowed).WaitAsync(cancellationToken).ConfigureAwait(false);
        _account.Contacts.OnRuleChanged(uri);
        await OnPermissionsChangedAsync(cancellationToken).ConfigureAwait(false);
    }

    private Task OnPermissionsChangedAsync(CancellationToken cancellationToken)
    {
        _notifier.OnPermissionsChanged();
        return _account.State == Accounts.ImAccountState.SignedIn ? PublishRulesAsync(cancellationToken) : Task.CompletedTask;
    }

    /// <summary>Tells the server. What it does not take stands here all the same, and is told again at the next sign-in.</summary>
    private async Task PublishRulesAsync(CancellationToken cancellationToken)
    {
        var request = new SipRequest(SipMethods.Publish, _account.Uri);
        request.Headers.Add(HeaderId.From, new NameAddress(_account.Uri, _account.DisplayName).With("tag", SipTokens.NewTag()).ToString());
        request.Headers.Add(HeaderId.To, new NameAddress(_account.Uri).ToString());
        request.Headers.Add(HeaderId.CallId, SipTokens.NewCallId());
        request.Headers.Add(HeaderId.CSeq, new CSeq(1, SipMethods.Publish).ToString());
        request.Headers.Add(HeaderId.Event, PresencePackages.Rules);
        request.SetBody(WatcherRulesDocument.ContentType, WatcherRulesDocument.Write(Policy, Allowed, Blocked));
        var (outcome, _) = await _account.Agent.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (outcome.Failure is null)
        {
            AreRulesKeptByServer = outcome.IsSuccess;
        }
    }
}
