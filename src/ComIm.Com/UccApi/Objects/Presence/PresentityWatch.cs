using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Presence;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>The watching of one presentity for one subscription: what the account is told becomes categories.</summary>
internal sealed class PresentityWatch : IDisposable
{
    private readonly TaskCompletionSource<UccOperationProgressEvent> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _order = new();
    private readonly IUccOperationContext? _operation;
    private readonly UccPresentity _presentity;
    private readonly IReadOnlySet<string> _names;
    private readonly Presentity? _watched;
    private readonly SelfWatch? _self;
    private bool _isOver;

    public PresentityWatch(ImAccount account, UccPresentity presentity, IReadOnlySet<string> names, IUccOperationContext? operation)
    {
        _presentity = presentity;
        _names = names;
        _operation = operation;
        _self = presentity.IsSelf ? new SelfWatch(account, presentity, names) : null;
        if (_self != null && names.All(CategoryFactory.IsOwn))
        {
            // What the account has by itself no server is asked for.
            presentity.Refreshing = static () => { };
            _answered.SetResult(UccOperationProgressEvent.Success(operation));
            return;
        }

        try
        {
            _watched = account.Presence.Watch(presentity.Uri.Value);
            _watched.Changed += OnChanged;
            presentity.Refreshing = _watched.Refresh;
            OnChanged(null, null);
        }
        catch (ImException e)
        {
            _answered.SetResult(UccOperationProgressEvent.Failure(operation, UccFailures.Of(e), e));
        }
    }

    /// <summary>How the server answered.</summary>
    public Task<UccOperationProgressEvent> Answered => _answered.Task;

    public void Dispose()
    {
        lock (_order)
        {
            _isOver = true;
        }

        _self?.Dispose();
        if (_watched != null)
        {
            _watched.Changed -= OnChanged;
            _watched.Dispose();
        }

        if (_presentity.Refreshing?.Target == _watched)
        {
            _presentity.Refreshing = null;
        }

        _answered.TrySetResult(new UccOperationProgressEvent(_operation, isComplete: true, UccHResults.UCC_S_UNSUBSCRIBED_BY_USER, ""));
    }

    private void OnChanged(object? sender, PresentityChangedEventArgs? e)
    {
        lock (_order)
        {
            if (_isOver)
            {
                return;
            }

            switch (_watched!.SubscriptionState)
            {
                case PresenceSubscriptionState.Active when _watched.LastChanged != null:
                    _presentity.Receive(_names, _watched.Status, _watched.DisplayName);
                    _answered.TrySetResult(UccOperationProgressEvent.Success(_operation));
                    break;
                case PresenceSubscriptionState.Pending:
                    _answered.TrySetResult(new UccOperationProgressEvent(_operation, isComplete: true, UccFailures.OfStatus(202), ""));
                    break;
                case PresenceSubscriptionState.Ended when _watched.Failure is { } failure:
                    // Who may not see any longer sees nothing.
                    _presentity.Receive(_names, PresenceStatus.Unknown, null);
                    _answered.TrySetResult(UccOperationProgressEvent.Failure(_operation, UccFailures.Of(failure), failure));
                    break;
                case PresenceSubscriptionState.Recovering when _watched.Failure is { } failure:
                    _answered.TrySetResult(UccOperationProgressEvent.Failure(_operation, UccFailures.Of(failure), failure));
                    break;
                default:
                    break;
            }
        }
    }
}
