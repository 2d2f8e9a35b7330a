using System.Runtime.InteropServices;
using ComIm.Client;
using ComIm.Client.Sessions;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Endpoints;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>A session of text with one other person.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed partial class UccInstantMessagingSession : SessionObject, IUccInstantMessagingSession, IUccSessionCallControl
{
    /// <summary>Messages that may wait for the peer's word; an application that sends without listening is stopped here.</summary>
    public const int MaxPending = 4096;

    private const int SendMessageEvent = 600;

    private readonly ConnectionPoint _messageEvents;
    private readonly Queue<PendingMessage> _pending = [];
    private readonly Lock _telling = new();

    /// <summary>A session that we begin.</summary>
    public UccInstantMessagingSession(UccServerEndpoint endpoint, IUccContext? context)
        : this(endpoint, context, context == null ? null : ConversationIdProperty.Read(context))
    {
    }

    /// <summary>A session that somebody else begins.</summary>
    public UccInstantMessagingSession(UccServerEndpoint endpoint, ImSession link)
        : this(endpoint, ConversationIdProperty.ContextOf(link), link.ConversationId) => Admit(link);

    private UccInstantMessagingSession(UccServerEndpoint endpoint, IUccContext? context, string? conversationId)
        : base(endpoint, UccCoclasses.UccInstantMessagingSession, UCC_SESSION_TYPE.UCCST_INSTANT_MESSAGING, context, conversationId) =>
        _messageEvents = PointFor(typeof(_IUccInstantMessagingSessionEvents));

    /// <summary>
    /// Sends a message to the remote participant; <c>OnSendMessage</c> tells what became of it. Before the session is connected it
    /// waits for that.
    /// </summary>
    /// <exception cref="HResultException">
    /// E_INVALIDARG: no content type. UCC_E_INVALID_SESSION_STATE: nobody has been added, or the session is over.
    /// UCC_E_MAX_PENDING_OPERATIONS.
    /// </exception>
    public void SendMessage(string? bstrContentType, string? bstrMessage, IUccOperationContext? pOperationContext = null)
    {
        Endpoint.DemandAccount();
        var content = MessageText.Write(bstrContentType, bstrMessage);
        var participant = DemandRemote();
        PendingMessage pending;
        lock (Gate)
        {
            if (_pending.Count == MaxPending)
            {
                throw new HResultException(UccHResults.UCC_E_MAX_PENDING_OPERATIONS, $"{MaxPending} messages wait to be taken already.");
            }

            // In the lock, so that messages go in the order in which their results will be told.
            pending = new PendingMessage(participant.Endpoint, pOperationContext, participant.Link!.SendAsync(content));
            _pending.Enqueue(pending);
        }

        _ = AwaitAsync(pending);
    }

    /// <summary>
    /// Says that the user is writing; to be called again while it goes on: after 15 s without a call it is over by itself.
    /// </summary>
    /// <exception cref="HResultException">UCC_E_INVALID_SESSION_STATE: the session is not connected.</exception>
    public void StartComposing(IUccContext? pComposingContext) => _ = DemandConnected().SendTypingAsync(true);

    /// <summary>Says that the user has stopped writing.</summary>
    /// <exception cref="HResultException">UCC_E_INVALID_SESSION_STATE: the session is not connected.</exception>
    public void StopComposing(IUccContext? pComposingContext) => _ = DemandConnected().SendTypingAsync(false);

    public void Alternate(IUccSession? pActiveSession, IUccOperationContext? pOperationContext = null) => throw NoTransfer();

    public void BlindTransfer(IUccUri? pUri, IUccOperationContext? pOperationContext = null) => throw NoTransfer();

    public void ConsultativeTransfer(IUccSession? pActiveSession, IUccOperationContext? pOperationContext = null) => throw NoTransfer();

    private protected override ParticipantObject MakeParticipant(IUccUri uri, IUccContext? context, bool isLocal) =>
        new UccInstantMessagingSessionParticipant(this, uri, context, isLocal);

    private protected override void Listen(ParticipantObject participant, ImSession link)
    {
        base.Listen(participant, link);
        ((UccInstantMessagingSessionParticipant)participant).Listen(link);
    }

    // Each has its word by now, or soon: the session beneath gives those up that have none.
    private protected override async Task SettleAsync(ParticipantObject participant)
    {
        Task[] pending;
        lock (Gate)
        {
            pending = [.. _pending.Select(p => p.Sent)];
        }

        await Task.WhenAll(pending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // Also where none is left: somebody may be about to tell of the last one.
        TellDone();
    }

    private async Task AwaitAsync(PendingMessage pending)
    {
        await ((Task)pending.Sent).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        TellDone();
    }

    // Results are told in the order of the messages, by whoever comes first.
    private void TellDone()
    {
        lock (_telling)
        {
            while (TakeDone() is { } done)
            {
                Tell(done, ResultOf(done));
            }
        }
    }

    private PendingMessage? TakeDone()
    {
        lock (Gate)
        {
            return _pending.TryPeek(out var first) && first.Sent.IsCompleted ? _pending.Dequeue() : null;
        }
    }

    private void Tell(PendingMessage message, UccOperationProgressEvent result) =>
        _messageEvents.Raise(SendMessageEvent, this, new UccSessionOperationEvent(message.Operation, message.Recipient, result));

    private static UccOperationProgressEvent ResultOf(PendingMessage message)
    {
        if (message.Sent.IsCompletedSuccessfully)
        {
            var response = message.Sent.Result;
            return response.StatusCode == 200
                ? UccOperationProgressEvent.Success(message.Operation, response)
                : new UccOperationProgressEvent(
                    message.Operation, isComplete: true, UccFailures.OfStatus(response.StatusCode), response.ReasonPhrase, response);
        }

        var cause = message.Sent.Exception?.InnerException as ImException
            ?? new ImException(ImError.Rejected, "The message could not be sent.", 0, null, message.Sent.Exception?.InnerException);
        return UccOperationProgressEvent.Failure(message.Operation, UccFailures.Of(cause), cause);
    }

    private ParticipantObject DemandRemote()
    {
        DemandOpen();
        return Remote is { Link: not null } remote ? remote : throw new HResultException(
            UccHResults.UCC_E_INVALID_SESSION_STATE, "Nobody is in the session. Add a participant first.");
    }

    private ImSession DemandConnected()
    {
        Endpoint.DemandAccount();
        return DemandRemote().Link is { State: ImSessionState.Connected } link ? link : throw new HResultException(
            UccHResults.UCC_E_INVALID_SESSION_STATE, "The session is not connected.");
    }
}
