using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.Client.Typing;
using ComIm.Sip;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;

namespace ComIm.Client.Sessions;

/// <summary>The messages of a session, and the typing.</summary>
public sealed partial class ImSession
{
    // The word on a message may be overtaken by the end of the session, on its way through this program.
    private static readonly TimeSpan LastWordPatience = TimeSpan.FromMilliseconds(200);

    private readonly TypingSender _ours;
    private readonly TypingReceiver _theirs;
    private Task _lastSent;
    private Task _lastAnswered = Task.CompletedTask;
    private TypingForm? _peerForm;
    private string? _firstText;
    private bool _isTypingRefused;

    /// <summary>Whether a 3xx to our INVITE is followed (RFC 3261 section 8.1.3.4).</summary>
    public bool FollowsRedirects { get; set; } = true;

    /// <summary>Whether the peer is typing, as far as it says so.</summary>
    public bool PeerTyping => _theirs.IsActive;

    /// <summary>A message has come in.</summary>
    public event EventHandler<ImSessionMessageEventArgs>? MessageReceived;

    /// <summary>A request has come in that is neither a message nor typing. Where nobody listens it is refused.</summary>
    public event EventHandler<ImRequestReceivedEventArgs>? RequestReceived;

    /// <summary><see cref="PeerTyping"/> has changed.</summary>
    public event EventHandler<ImSessionTypingEventArgs>? PeerTypingChanged;

    private TypingForm FormOfTyping => TypingForms.Of(_session, _peerForm);

    /// <summary>
    /// Sends a message and waits for the peer's word. Before the session is connected it waits for that; messages arrive in the
    /// order of the calls.
    /// </summary>
    /// <param name="content">What it says.</param>
    /// <returns>The response.</returns>
    /// <exception cref="ImException">It was refused, or could not be sent, or the session is over.</exception>
    public Task<SipResponse> SendAsync(MessageContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        _ours.OnSent();
        return SendAsync(SipMethods.Message, request => PagerMessage.SetContent(request, content));
    }

    /// <summary>Sends any request inside the session, in its turn.</summary>
    /// <param name="method">MESSAGE, INFO ….</param>
    /// <param name="prepare">Completes the request.</param>
    /// <returns>The response.</returns>
    /// <exception cref="ImException">It was refused, or could not be sent, or the session is over.</exception>
    public async Task<SipResponse> SendAsync(string method, Action<SipRequest> prepare)
    {
        ArgumentNullException.ThrowIfNull(prepare);
        Task<SipOutcome> sent;
        lock (_gate)
        {
            if (State == ImSessionState.Ended || _isEnding)
            {
                throw Over();
            }

            sent = SendAfterAsync(_lastSent, method, prepare);
            _lastSent = sent;
        }

        await Task.WhenAny(sent, _over.Task).ConfigureAwait(false);
        if (!sent.IsCompleted && await Task.WhenAny(sent, Task.Delay(LastWordPatience, _account.Options.TimeProvider)).ConfigureAwait(false) != sent)
        {
            throw Over();
        }

        var outcome = await sent.ConfigureAwait(false);
        return outcome.IsSuccess ? outcome.Response : throw ImFailures.OfMessage(outcome, Peer, _account.Server);
    }

    /// <summary>Describes the session anew, by an INVITE inside it (RFC 3261 section 14).</summary>
    /// <param name="offer">What it is to be now; <see cref="PeerDescription"/> has the answer.</param>
    /// <returns>The response.</returns>
    /// <exception cref="ImException">It was refused, and the session is as before; or the session is over.</exception>
    public async Task<SipResponse> RenegotiateAsync(SessionBody offer)
    {
        if (_session is not { } session || State != ImSessionState.Connected)
        {
            throw Over();
        }

        var outcome = await session.ReinviteAsync(offer).ConfigureAwait(false);
        return outcome.IsSuccess ? outcome.Response : throw ImFailures.OfMessage(outcome, Peer, _account.Server);
    }

    /// <summary>
    /// Says that the user is typing; to be called again while it goes on. After 15 s without a call it is over by itself
    /// (RFC 3994 section 3.2).
    /// </summary>
    /// <param name="isTyping">False says at once that the user has stopped.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task SendTypingAsync(bool isTyping, CancellationToken cancellationToken = default) =>
        (isTyping ? _ours.OnTyped() : _ours.OnStopped()).WaitAsync(cancellationToken);

    /// <inheritdoc/>
    void ISessionHandler.OnRequest(InviteSession session, ServerTransaction transaction)
    {
        if (transaction.Request.Method == SipMethods.Info)
        {
            MessageReceiver.ReceiveInfo(transaction, OnTypingNotice);
        }
        else if (transaction.Request.Method != SipMethods.Message)
        {
            if (!ImRequestReceivedEventArgs.TryOffer(_account, this, RequestReceived, transaction))
            {
                MessageReceiver.RefuseMethod(transaction);
            }
        }
        else if (_account.Receiver.Read(transaction, _peer) is { } received)
        {
            if (received.IsTyping)
            {
                MessageReceiver.ReceiveTyping(transaction, OnTypingNotice, received.Body);
                return;
            }

            if (received.IsReceipt)
            {
                // Nobody asks for one here.
                transaction.Respond(200);
                return;
            }

            _theirs.OnStopped();
            DeliverFirstText(received.Text);
            Deliver(new ImSessionMessageEventArgs(received.Content, transaction));
        }
    }

    private void OnTypingNotice(TypingNotice notice)
    {
        _peerForm = notice.Form;
        _theirs.OnNotice(notice);
    }

    private void OnPeerTyping(bool isTyping) => _account.Events.Post(PeerTypingChanged, this, new ImSessionTypingEventArgs(isTyping));

    private void DeliverFirstText(string? next)
    {
        string? first;
        lock (_gate)
        {
            (first, _firstText) = (_firstText, null);
        }

        // Who finds no ms-text-format in our 200 sends the text again as the first message.
        if (first is not null && next?.Trim() != first.Trim())
        {
            Deliver(new ImSessionMessageEventArgs(MessageContent.Plain(first), null));
        }
    }

    private void Deliver(ImSessionMessageEventArgs message)
    {
        _lastAnswered = message.Answered;
        _account.Events.Post(MessageReceived, this, message);
        _account.Events.Post(() =>
        {
            if (!message.IsDeferred)
            {
                message.Answer(200);
            }
        });
    }

    // Over UDP a request that is lost and sent again would come behind its successor, and be refused (RFC 3261 section 12.2.2).
    private async Task<SipOutcome> SendAfterAsync(Task previous, string method, Action<SipRequest> prepare)
    {
        await Task.WhenAny(previous, _over.Task).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (IsPager && State == ImSessionState.Connected)
        {
            return await SendPagerAsync(prepare).ConfigureAwait(false);
        }

        if (_session is not { } session || State != ImSessionState.Connected)
        {
            throw Over();
        }

        await session.Acknowledged.ConfigureAwait(false);
        var request = session.CreateRequest(method);
        prepare(request);
        try
        {
            return await session.SendAsync(request).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SipTransportException)
        {
            throw new ImException(ImError.NotSignedIn, $"{_account.Address} was signed out.", 0, null, e);
        }
    }

    private async Task SendTypingAsync(bool isActive)
    {
        if (State != ImSessionState.Connected || _isTypingRefused)
        {
            return;
        }

        var notice = new TypingNotice(FormOfTyping, isActive, TypingTimes.Lifetime);
        try
        {
            await SendAsync(
                notice.Form == TypingForm.IsComposing ? SipMethods.Message : SipMethods.Info,
                request => request.SetBody(TypingXml.TypeOf(notice.Form), TypingXml.Write(notice))).ConfigureAwait(false);
        }
        catch (ImException e)
        {
            // What a peer cannot take today it will not take at the next key either.
            _isTypingRefused = e.StatusCode is >= 400 and < 480 or 488 or 489 or 501 or 606;
        }
    }

    private ImException Over() =>
        new(_account.State == ImAccountState.SignedOut ? ImError.NotSignedIn : ImError.RecipientUnavailable, $"The session with {Peer} is over.");
}
