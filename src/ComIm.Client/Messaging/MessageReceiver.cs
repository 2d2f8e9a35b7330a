using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Client.Sessions;
using ComIm.Client.Typing;
using ComIm.Sip.Bodies;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Client.Messaging;

/// <summary>Reads what is written to an account, inside sessions and outside, and answers it.</summary>
internal sealed class MessageReceiver(ImAccount account)
{
    private const string PlainText = "text/plain";

    private readonly SeenMessages _seen = new();

    /// <summary>The types that are taken, and those in which they are looked for.</summary>
    public static string Accept => PlainText + ", multipart/alternative, multipart/mixed, multipart/related, " + TypingXml.IsComposingType;

    /// <summary>A MESSAGE outside a dialog.</summary>
    public void Receive(ServerTransaction transaction)
    {
        if (transaction.Request.From!.Uri is not { } from)
        {
            transaction.Respond(400, "Invalid From");
        }
        else if (Read(transaction, Judge, Accept) is { } body)
        {
            if (IsTyping(body))
            {
                ReceiveTyping(transaction, account.ConversationWith(from), body);
                return;
            }

            if (_seen.Add(transaction.Request))
            {
                Deliver(account.ConversationWith(from), transaction.Request, body, transaction.Request.CallId!);
            }

            transaction.Respond(200);
        }
    }

    /// <summary>A request in a session; called in the order of the requests.</summary>
    public void ReceiveInside(ServerTransaction transaction, Conversation conversation, ConversationSession session)
    {
        var request = transaction.Request;
        if (request.Method == SipMethods.Info)
        {
            ReceiveInfo(transaction, conversation);
        }
        else if (request.Method != SipMethods.Message)
        {
            var response = transaction.CreateResponse(405);
            response.Headers.Add(HeaderId.Allow, ImAccount.Allowed);
            transaction.Respond(response);
        }
        else if (Read(transaction, Judge, Accept) is { } body)
        {
            if (IsTyping(body))
            {
                ReceiveTyping(transaction, conversation, body);
                return;
            }

            body.ReadText(out var text);
            session.DeliverFirstText(text);
            Deliver(conversation, request, body, request.CallId + "/" + request.CSeq!.Value.Number);
            transaction.Respond(200);
        }
    }

    /// <summary>A text that came otherwise than by MESSAGE.</summary>
    public void Deliver(Conversation conversation, string text) =>
        account.Deliver(Create(SipTokens.NewCallId(), conversation.Peer, null, text), conversation);

    /// <summary>An INFO: one without a body only asks whether we are there.</summary>
    private static void ReceiveInfo(ServerTransaction transaction, Conversation conversation)
    {
        if (transaction.Request.Body.IsEmpty)
        {
            transaction.Respond(200);
        }
        else if (Read(transaction, JudgeInfo, TypingXml.KeyboardActivityType) is { } body)
        {
            ReceiveTyping(transaction, conversation, body);
        }
    }

    private static void ReceiveTyping(ServerTransaction transaction, Conversation conversation, SipBody body)
    {
        if (TypingXml.Read(body.Content) is not { } notice)
        {
            transaction.Respond(400, "Not A Typing Notice");
            return;
        }

        conversation.Typing.OnNotice(notice);
        transaction.Respond(200);
    }

    private void Deliver(Conversation conversation, SipRequest request, SipBody body, string id)
    {
        body.ReadText(out var text);
        var from = request.From!;
        account.Deliver(Create(id, from.Uri?.AddressOfRecord.ToString() ?? conversation.Peer, from.DisplayName, text), conversation);
    }

    private ChatMessage Create(string id, string from, string? displayName, string text) =>
        new(id, MessageDirection.Incoming, from, account.Address, text, account.Options.TimeProvider.GetUtcNow())
        {
            FromDisplayName = displayName,
            Status = MessageStatus.Delivered,
            StatusCode = 200,
        };

    /// <summary>What can be used of a request; null where it has been refused.</summary>
    private static SipBody? Read(ServerTransaction transaction, Func<SipBody, BodyRejection> judge, string accept)
    {
        var decoded = SipBody.Decode(transaction.Request);
        var chosen = decoded.Body is { } body ? body.Select(judge) : decoded;
        if (chosen.Body is null)
        {
            var response = transaction.CreateResponse(BodyRejections.StatusCodeOf(chosen.Rejection), BodyRejections.ReasonPhraseOf(chosen.Rejection));
            BodyRejections.AddAccepted(response, chosen.Rejection, accept);
            transaction.Respond(response);
        }

        return chosen.Body;
    }

    private static bool IsTyping(SipBody body) => body.Type.Is(TypingXml.IsComposingType);

    private static BodyRejection JudgeInfo(SipBody body) =>
        body.Type.Is(TypingXml.KeyboardActivityType) || IsTyping(body) ? BodyRejection.None : BodyRejection.UnsupportedMediaType;

    private static BodyRejection Judge(SipBody body) =>
        IsTyping(body) ? BodyRejection.None
        : !body.Type.Is(PlainText) ? BodyRejection.UnsupportedMediaType
        : Charsets.IsKnown(body.Type.Charset) ? BodyRejection.None : BodyRejection.UnsupportedCharset;
}
