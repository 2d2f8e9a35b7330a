using ComIm.Client.Accounts;
using ComIm.Client.Typing;
using ComIm.Sip;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Events;
using ComIm.Sip.Messages;

namespace ComIm.Client.Presence;

/// <summary>
/// Our own presence at the server (RFC 3903): published, kept by refreshes, published again after a new sign-in or a loss,
/// and removed at the end.
/// </summary>
internal sealed class PresencePublisher
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(60);

    private readonly ImAccount _account;
    private readonly Publication _publication;
    private readonly Lock _gate = new();
    private ITimer? _retry;
    private SessionBody? _body;

    public PresencePublisher(ImAccount account)
    {
        _account = account;
        _publication = new Publication(account.Agent, new PublicationSettings
        {
            Target = account.Uri,
            Identity = new NameAddress(account.Uri, account.DisplayName),
            Package = PresencePackages.Presence.Name,
        });
        _publication.Lost += (_, _) => Retry();
    }

    /// <summary>Publishes a document.</summary>
    public Task<SipOutcome> PublishAsync(byte[] document) =>
        _publication.PublishAsync(_body = new SessionBody(PresenceDocument.ContentType, document));

    /// <summary>The account has signed in again: a server that was restarted knows nothing any more.</summary>
    public void Renew()
    {
        if (_body is { } body && _account.State == ImAccountState.SignedIn)
        {
            _ = RenewAsync(body);
        }
    }

    /// <summary>Takes it back.</summary>
    public async Task RemoveAsync()
    {
        Close();
        await _publication.RemoveAsync().ConfigureAwait(false);
    }

    /// <summary>Publishes nothing more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _body = null;
            _retry?.Dispose();
        }
    }

    private async Task RenewAsync(SessionBody body)
    {
        var outcome = await _publication.PublishAsync(body).ConfigureAwait(false);
        if (!outcome.IsSuccess && IsPassing(outcome.StatusCode))
        {
            Retry();
        }
    }

    private static bool IsPassing(int status) => status is 408 or 480 or (>= 500 and < 600 and not 501 and not 505);

    private void Retry()
    {
        lock (_gate)
        {
            _retry?.Dispose();
            _retry = _body is null ? null : OneShot.Start(_account.Options.TimeProvider, RetryDelay, _ => Renew());
        }
    }
}
