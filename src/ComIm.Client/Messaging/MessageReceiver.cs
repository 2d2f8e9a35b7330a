using ComIm.Client.Accounts;
using ComIm.Client.Conferencing;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging.Cpim;
using ComIm.Client.Messaging.Receipts;
using ComIm.Client.Sessions;
using ComIm.Client.Typing;
using ComIm.Sip.Bodies;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Client.Messaging;

/// <summary>Reads what is written to an account, inside sessions and outside, and answers it.</summary>
internal sealed class MessageReceiver(ImAccount account)
{
    private readonly SeenMessages _seen = new(account.Storage.Seen);
    private readonly SeenMessages _fragments = new();
    private readonly PartialMessages _partial = new(account.Options.TimeProvider);

    /// <summary>The types that are taken.</summary>
    public AcceptedTypes Accepted { get; } = new(account.Settings.AcceptedTypes);

    /// <summary>A MESSAGE outside a dialog.</summary>
    public void Receive(ServerTransaction transaction)
    {
        if (transaction.Request.From!.Uri is not { } from)
        {
            transaction.Respond(400, "Invalid From");
        }
        else if (Read(transaction, from) is { } received)
        {
            if (account.HandlesSessions)
            {
                ReceiveApart(transaction, from, received);
                return;
            }

            var conversation = account.ConversationWith(from);
            if (!TrySignal(transaction, conversation, received))
            {
                if (!_seen.Contains(transaction.Request))
                {
                    // Noted when it is on its way to the user and before it is answered: a kill between shows it twice, never not at all.
                    Deliver(conversation, transaction.Request, received, transaction.Request.CallId!);
                    _seen.Add(transaction.Request);
                }

                transaction.Respond(200);
            }
        }
    }

    /// <summary>The account's user handles sessions: there a message outside of one is one as well.</summary>
    private void ReceiveApart(ServerTransaction transaction, SipUri from, ReceivedContent received)
    {
        if (received.IsTyping)
        {
            ImSession.ReceivePagerTyping(account, from, received, transaction);
        }
        else if (!received.IsReceipt && ImSession.IsFullFor(account, from))
        {
            // Before it counts as seen: who keeps it sends it again.
            transaction.Respond(480);
        }
        else if (received.IsReceipt || !_seen.TryBegin(transaction.Request))
        {
            transaction.Respond(200);
        }
        else
        {
            ImSession.ReceivePager(account, from, new ImSessionMessageEventArgs(received.Content, transaction, OnAnswered));
        }

        void OnAnswered(int statusCode)
        {
            if (statusCode is >= 200 and < 300)
            {
                _seen.Keep(transaction.Request);
            }
            else
            {
                _seen.Forget(transaction.Request);
            }
        }
    }

    /// <summary>A request in a session; called in the order of the requests.</summary>
    /// <param name="transaction">The request.</param>
    /// <param name="conversation">The conversation of the session.</param>
    /// <param name="session">The session.</param>
    /// <param name="isOfRoom">Whether it comes from a focus, which says who speaks.</param>
    public void ReceiveInside(ServerTransaction transaction, Conversation conversation, ConversationSession session, bool isOfRoom)
    {
        var request = transaction.Request;
        var sender = isOfRoom ? RoomSpeaker.Of(request) : request.From!;
        if (request.Method == SipMethods.Info)
        {
            ReceiveInfo(transaction, notice => conversation.OnTyping(notice, isOfRoom ? sender.Uri : null));
        }
        else if (request.Method != SipMethods.Message)
        {
            RefuseMethod(transaction);
        }
        else if (Read(transaction, sender.Uri) is { } received
            && !TrySignal(transaction, conversation, received, isOfRoom ? sender.Uri : null))
        {
            if (isOfRoom)
            {
                DeliverFromRoom(transaction, conversation, sender, received);
                return;
            }

            session.DeliverFirstText(received.Text);
            Deliver(conversation, request, received, request.CallId + "/" + request.CSeq!.Value.Number);
            transaction.Respond(200);
        }
    }

    /// <summary>A text that came otherwise than by MESSAGE.</summary>
    public void Deliver(Conversation conversation, string text) =>
        account.Deliver(Create(SipTokens.NewCallId(), conversation.Peer, null, MessageContent.Plain(text), text), conversation);

    /// <summary>An INFO: one without a body only asks whether we are there.</summary>
    public static void ReceiveInfo(ServerTransaction transaction, Action<TypingNotice> onNotice)
    {
        if (transaction.Request.Body.IsEmpty)
        {
            transaction.Respond(200);
        }
        else
        {
            var decoded = SipBody.Decode(transaction.Request);
            var chosen = decoded.Body is { } body ? body.Select(JudgeInfo) : decoded;
            if (chosen.Body is { } notice)
            {
                ReceiveTyping(transaction, onNotice, notice);
            }
            else
            {
                Refuse(transaction, chosen.Rejection, TypingXml.KeyboardActivityType);
            }
        }
    }

    /// <summary>Takes what is no message but says something of one; nothing of it is ever shown.</summary>
    private static bool TrySignal(ServerTransaction transaction, Conversation conversation, ReceivedContent received, SipUri? speaker = null)
    {
        if (received.IsTyping)
        {
            ReceiveTyping(transaction, notice => conversation.OnTyping(notice, speaker), received.Body);
            return true;
        }

        if (!received.IsReceipt)
        {
            if (received.Envelope is not null)
            {
                conversation.Sender.Peer.Learn(CpimMessage.ContentType, true);
            }

            return false;
        }

        if (ReceiptXml.Read(received.Body.Content) is { } receipt)
        {
            conversation.OnReceipt(receipt);
            transaction.Respond(200);
        }
        else
        {
            transaction.Respond(400, "Not A Disposition Notification");
        }

        return true;
    }

    /// <summary>A document that says that somebody types, or no longer.</summary>
    public static void ReceiveTyping(ServerTransaction transaction, Action<TypingNotice> onNotice, SipBody body)
    {
        if (TypingXml.Read(body.Content) is not { } notice)
        {
            transaction.Respond(400, "Not A Typing Notice");
            return;
        }

        onNotice(notice);
        transaction.Respond(200);
    }

    /// <summary>A message of a room: once, however often it comes, which is known by its number there.</summary>
    private void DeliverFromRoom(ServerTransaction transaction, Conversation conversation, NameAddress speaker, ReceivedContent received)
    {
        var request = transaction.Request;
        if (conversation.IsNewInRoom(RoomSpeaker.NumberOf(request)))
        {
            var from = speaker.Uri?.AddressOfRecord.ToString() ?? conversation.Peer;
            var id = request.CallId + "/" + request.CSeq!.Value.Number;
            account.Deliver(Create(id, from, speaker.DisplayName, received.Content, received.Text, null, SentTime.Of(request)), conversation);
        }

        transaction.Respond(200);
    }

    /// <summary>A method that is not taken inside a session.</summary>
    public static void RefuseMethod(ServerTransaction transaction)
    {
        var response = transaction.CreateResponse(405);
        response.Headers.Add(HeaderId.Allow, ImAccount.Allowed);
        transaction.Respond(response);
    }

    private void Deliver(Conversation conversation, SipRequest request, ReceivedContent received, string id)
    {
        var from = request.From!;
        var sender = from.Uri?.AddressOfRecord.ToString() ?? conversation.Peer;
        var asked = received.Envelope is { } e ? ReceiptRequest.Of(e) : null;
        var earlier = SentTime.Earlier(request, account.Options.TimeProvider.GetUtcNow());
        account.Deliver(Create(id, sender, from.DisplayName, received.Content, received.Text, asked, earlier, earlier is not null), conversation);
    }

    private ChatMessage Create(
        string id,
        string from,
        string? displayName,
        MessageContent content,
        string text,
        ReceiptRequest? receiptRequest = null,
        DateTimeOffset? sent = null,
        bool isDelayed = false) =>
        new(id, MessageDirection.Incoming, from, account.Address, text, sent ?? account.Options.TimeProvider.GetUtcNow())
        {
            Content = content,
            FromDisplayName = displayName,
            ReceiptRequest = receiptRequest,
            IsDelayed = isDelayed,
            Status = MessageStatus.Delivered,
            StatusCode = 200,
        };

    /// <summary>What can be used of a MESSAGE; null where it has been answered: refused, or a fragment of more.</summary>
    public ReceivedContent? Read(ServerTransaction transaction, SipUri? from)
    {
        var (body, rejection) = SipBody.Decode(transaction.Request);
        var received = body is null ? null : ReceivedContent.Open(body, Accepted, out rejection);
        if (received?.IsFragment == true)
        {
            if (Join(transaction, from, received.Body) is not { } whole)
            {
                return null;
            }

            (body, rejection) = SipBody.DecodeEntity(whole);
            received = body is null ? null : ReceivedContent.Open(body, Accepted, out rejection);
            (received, rejection) = received?.IsFragment == true ? (null, BodyRejection.UnsupportedMediaType) : (received, rejection);
        }

        if (received is null)
        {
            Refuse(transaction, rejection, Accepted.Header);
        }

        return received;
    }

    /// <summary>Keeps a fragment until the rest has come; the whole, or null where the request has been answered.</summary>
    private ReadOnlyMemory<byte>? Join(ServerTransaction transaction, SipUri? from, SipBody fragment)
    {
        if (_fragments.Contains(transaction.Request))
        {
            transaction.Respond(200);
            return null;
        }

        var whole = _partial.Add(from?.AddressOfRecord.ToString() ?? string.Empty, fragment, out var status);
        if (status == 200)
        {
            _fragments.Add(transaction.Request);
        }

        if (whole is null)
        {
            transaction.Respond(status);
        }

        return whole;
    }

    private static void Refuse(ServerTransaction transaction, BodyRejection rejection, string accept)
    {
        var response = transaction.CreateResponse(BodyRejections.StatusCodeOf(rejection), BodyRejections.ReasonPhraseOf(rejection));
        BodyRejections.AddAccepted(response, rejection, accept);
        transaction.Respond(response);
    }

    private static BodyRejection JudgeInfo(SipBody body) =>
        body.Type.Is(TypingXml.KeyboardActivityType) || body.Type.Is(TypingXml.IsComposingType)
            ? BodyRejection.None : BodyRejection.UnsupportedMediaType;
}
