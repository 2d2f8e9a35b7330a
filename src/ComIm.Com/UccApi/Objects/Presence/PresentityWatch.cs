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
    private readonly Presentity _watched;
    private readonly SelfWatch? _self;
    private bool _isOver;

    public PresentityWatch(ImAccount account, UccPresentity presentity, IReadOnlySet<string> names, IUccOperationContext? operation)
    {
        _presentity = presentity;
        _names = names;
        _operation = operation;
        _watched = account.Presence.Watch(presentity.Uri.Value);
        _self = presentity.IsSelf ? new SelfWatch(account, presentity, names) : null;
        _watched.Changed += OnChanged;
        OnChanged(null, null);
    }

    /// <summary>How the server answered.</summary>
    public Task<UccOperationProgressEvent> Answered => _answered.Task;

    public void Dispose()
    {
        lock (_order)
        {
            _isOver = true;
        }

        _watched.Changed -= OnChanged;
        _watched.Dispose();
        _self?.Dispose();
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

            switch (_watched.SubscriptionState)
            {
                case PresenceSubscriptionState.Active when _watched.LastChanged != null:
                    _presentity.Receive(_names, _watched.Status, _watched.DisplayName);
                    _answered.TrySetResult(UccOperationProgressEvent.Success(_operation));
                    break;
                case PresenceSubscriptionState.Pending:
                    _answered.TrySetResult(new UccOperationProgressEvent(_operation, isComplete: true, UccFailures.OfStatus(202), ""));
                    break;
                case PresenceSubscriptionState.Ended or PresenceSubscriptionState.Recovering when _watched.Failure is { } failure:
                    _answered.TrySetResult(UccOperationProgressEvent.Failure(_operation, UccFailures.Of(failure), failure));
                    break;
                default:
                    break;
            }
        }
    }
}
