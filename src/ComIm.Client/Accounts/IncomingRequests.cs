using System.Threading.Channels;
using ComIm.Client.Conferencing;
using ComIm.Client.Sessions;
using ComIm.Sip;
using ComIm.Sip.Bodies;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.UserAgentServer;
using Microsoft.Extensions.Logging;

namespace ComIm.Client.Accounts;

/// <summary>
/// Answers what comes in for an account outside dialogs (RFC 3261 section 8.2), one after the other in the order of arrival: a
/// peer may send messages without waiting, and what a connection keeps in order is read in order.
/// </summary>
internal sealed class IncomingRequests : ISipRequestFilter, IAsyncDisposable
{
    // Bodies are judged where they are read.
    private static readonly UasCapabilities Capabilities = new() { Methods = ImAccount.Allowed.Split(", ") };

    // Those that wait for a look-up of where they come from.
    private const int MaxUnknown = 100;

    private readonly ImAccount _account;
    private readonly DialogTable _dialogs;
    private readonly RequestSources _sources;
    private readonly ILogger _log;
    private readonly Channel<ServerTransaction> _arrived = Channel.CreateUnbounded<ServerTransaction>(new() { SingleReader = true });

    private int _unknown;

    /// <summary>Begins to answer.</summary>
    /// <param name="account">The account.</param>
    /// <param name="dialogs">Takes what belongs to dialogs.</param>
    /// <param name="sources">Who may send what.</param>
    public IncomingRequests(ImAccount account, DialogTable dialogs, RequestSources sources)
    {
        _account = account;
        _dialogs = dialogs;
        _sources = sources;
        _log = account.Options.LoggerFactory.CreateLogger<IncomingRequests>();
        _ = Task.Run(RunAsync);
    }

    /// <inheritdoc/>
    public bool TryTake(ServerTransaction transaction)
    {
        if (_account.Events.IsFull && RefuseWhileFull(transaction))
        {
            return true;
        }

        if (_dialogs.TryTake(transaction))
        {
            return true;
        }

        if (!_sources.IsServer(transaction.Source.Address))
        {
            _ = CheckSourceAsync(transaction);
            return true;
        }

        return _arrived.Writer.TryWrite(transaction);
    }

    /// <inheritdoc/>
    public void OnAck(SipRequest ack) => _dialogs.OnAck(ack);

    /// <summary>Takes nothing more. What has been taken is still answered.</summary>
    public ValueTask DisposeAsync()
    {
        _arrived.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    /// <summary>What comes in after the end.</summary>
    public static Task RefuseAsync(ServerTransaction transaction)
    {
        transaction.Respond(480);
        return Task.CompletedTask;
    }

    /// <summary>
    /// The program does not take what it is told: nothing new comes in until it does, and who writes learns it. What ends something does.
    /// </summary>
    private static bool RefuseWhileFull(ServerTransaction transaction)
    {
        if (transaction.Request.Method is SipMethods.Bye or SipMethods.Cancel)
        {
            return false;
        }

        // Inside a dialog 480 would end it (RFC 5057 section 5.1).
        var response = transaction.CreateResponse(transaction.Request.To?.Tag is null ? 480 : 500);
        response.Headers.Add(HeaderId.RetryAfter, "10");
        transaction.Respond(response);
        return true;
    }

    private async Task CheckSourceAsync(ServerTransaction transaction)
    {
        // Its source may be forged, so that the refusal is not sent twice for one copy (RFC 3261 section 26.3.2.4).
        transaction.RepeatsFinalResponse = false;
        try
        {
            if (Interlocked.Increment(ref _unknown) <= MaxUnknown)
            {
                await _sources.LookUpAsync().ConfigureAwait(false);
                if (_sources.IsServer(transaction.Source.Address))
                {
                    transaction.RepeatsFinalResponse = true;
                    _arrived.Writer.TryWrite(transaction);
                    return;
                }
            }
        }
#pragma warning disable CA1031 // Whatever goes wrong with a look-up: the request has not been shown to be the server's.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _log.LogDebug(e, "The source of a {Method} could not be looked up", transaction.Request.Method);
        }
        finally
        {
            Interlocked.Decrement(ref _unknown);
        }

        transaction.Respond(403, "Not From The Server");
    }

    private async Task RunAsync()
    {
        await foreach (var transaction in _arrived.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                Handle(transaction);
            }
#pragma warning disable CA1031 // What one request does wrong may not keep the next from being answered.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _log.LogError(e, "A {Method} could not be handled", transaction.Request.Method);
                transaction.Respond(500);
            }
        }
    }

    private void Handle(ServerTransaction transaction)
    {
        var request = transaction.Request;
        var from = request.From!.Uri;
        if (request.RequestUri?.User is { } user && !user.Equals(_account.Uri.User, StringComparison.OrdinalIgnoreCase))
        {
            // Somebody else's, who was at this port before, or is at the same one of another transport: it is not shown to this user
            // (RFC 3261 section 8.2.2.1).
            transaction.Respond(404);
        }
        else if (from is not null && request.Method != SipMethods.Options && _account.Presence.IsBlocked(from))
        {
            // No more than that the user does not want it (RFC 3261 section 21.6.2); no other device need be asked.
            transaction.Respond(603);
        }
        else if (request.Method is SipMethods.Message or SipMethods.Info or SipMethods.Options or "SERVICE"
            && request.To?.Tag is null && from is not null && _account.Channels.Find(from.AddressOfRecord)?.TryReceive(transaction) == true)
        {
            // It is the channel's.
        }
        else if (request.Method == SipMethods.Invite && request.RequestUri is not null)
        {
            // What it requires, and its body, is the session's matter.
            Invite(transaction);
        }
        else if (RequestInspection.AsUserAgentServer(request, Capabilities) is { } refusal)
        {
            refusal.Answer(transaction);
        }
        else if (request.Method == SipMethods.Subscribe && request.To?.Tag is null && from is { User: not null })
        {
            _account.Presence.Receive(transaction, from);
        }
        else if (request.Method is not (SipMethods.Message or SipMethods.Options))
        {
            // What belongs into a dialog has none here.
            transaction.Respond(481);
        }
        else if (request.Method == SipMethods.Options)
        {
            var response = transaction.CreateResponse(200);
            response.Headers.Add(HeaderId.Allow, Capabilities.Allow);
            response.Headers.Add(HeaderId.Accept, _account.Receiver.Accepted.Header + ", " + MessageDescription.ContentType);
            response.Headers.Add("Accept-Encoding", BodyRejections.AcceptEncoding);
            transaction.Respond(response);
        }
        else
        {
            _account.Receiver.Receive(transaction);
        }
    }

    private void Invite(ServerTransaction transaction)
    {
        if (transaction.Request.From!.Uri is not { User: not null } from)
        {
            transaction.Respond(400, "Invalid From");
            return;
        }

        if (_account.IsBusy)
        {
            transaction.Respond(486);
            return;
        }

        if (_account.HandlesSessions)
        {
            if (ImSession.Receive(_account, transaction, from) is { } offered)
            {
                _account.RaiseOffered(offered);
            }

            return;
        }

        ReadOnlyMemory<byte> offer = default;
        if (!transaction.Request.Body.IsEmpty)
        {
            var decoded = SipBody.Decode(transaction.Request);
            var chosen = decoded.Body is { } body ? body.Select(IsDescription) : decoded;
            if (chosen.Body is null)
            {
                var response = transaction.CreateResponse(
                    BodyRejections.StatusCodeOf(chosen.Rejection), BodyRejections.ReasonPhraseOf(chosen.Rejection));
                BodyRejections.AddAccepted(response, chosen.Rejection, MessageDescription.ContentType);
                transaction.Respond(response);
                return;
            }

            offer = chosen.Body.Content;
        }

        var room = FocusContact.RoomOfCaller(transaction.Request);
        if (transaction.Request.Headers.Get(ReplacedDialog.HeaderName) is { } replaces)
        {
            Move(transaction, replaces, room, offer.Span);
            return;
        }

        var session = (room is null ? _account.ConversationWith(from) : _account.ConferenceAt(room)).Session;
        if (_account.Sessions.Receive(transaction, session) is { } invite)
        {
            session.OnInvite(invite, offer.Span);
        }
    }

    /// <summary>An INVITE in the place of a session that there is (RFC 3891 section 3): a focus takes a chat of two into its room.</summary>
    private void Move(ServerTransaction transaction, string replaces, SipUri? room, ReadOnlySpan<byte> offer)
    {
        if (ReplacedDialog.Read(replaces) is not { } replaced)
        {
            transaction.Respond(400, "Invalid Replaces");
        }
        else if (room is null)
        {
            // Nobody else is given a session of ours.
            transaction.Respond(488);
        }
        else if (_account.ConversationOf(replaced)?.Session is not { } session)
        {
            transaction.Respond(481);
        }
        else if (_account.Sessions.Receive(transaction, session) is { } invite)
        {
            session.OnMove(invite, replaced, room, offer);
        }
    }

    private static BodyRejection IsDescription(SipBody body) =>
        body.Type.Is(MessageDescription.ContentType) ? BodyRejection.None : BodyRejection.UnsupportedMediaType;
}
