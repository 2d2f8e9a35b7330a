using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Client.Sessions;

/// <summary>
/// SIP requests to one address and from it, outside any session: what MESSAGE, INFO, OPTIONS and SERVICE carry that is not a chat.
/// It takes what comes in from there for as long as somebody holds it.
/// </summary>
public sealed class ImChannel
{
    private readonly ImAccount _account;
    private readonly SipUri _peer;

    internal ImChannel(ImAccount account, SipUri peer)
    {
        _account = account;
        _peer = peer;
        Peer = peer.ToString();
    }

    /// <summary>The other side.</summary>
    public string Peer { get; }

    /// <summary>A request has come in.</summary>
    public event EventHandler<ImRequestReceivedEventArgs>? RequestReceived;

    /// <summary>Sends a request and waits for its final response, whatever it is.</summary>
    /// <param name="method">MESSAGE, INFO, OPTIONS, SERVICE.</param>
    /// <param name="prepare">Completes the request.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ImException">There was none, or the account is signed out.</exception>
    public async Task<SipResponse> SendAsync(string method, Action<SipRequest> prepare, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prepare);
        if (_account.State == ImAccountState.SignedOut)
        {
            throw new ImException(ImError.NotSignedIn, $"{_account.Address} is signed out. Sign in before you send.");
        }

        var request = PagerMessage.CreateEmpty(_account, _peer, SipTokens.NewCallId(), method);
        prepare(request);
        var (outcome, _) = await _account.Agent.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return outcome.Failure is null ? outcome.Response! : throw ImFailures.OfMessage(outcome, Peer, _account.Server);
    }

    /// <summary>A request has come in.</summary>
    /// <returns>False where nobody listens.</returns>
    internal bool TryReceive(ServerTransaction transaction) =>
        ImRequestReceivedEventArgs.TryOffer(_account, this, RequestReceived, transaction);
}
