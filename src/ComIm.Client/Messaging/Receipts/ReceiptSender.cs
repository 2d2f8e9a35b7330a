using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging.Cpim;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;
using Microsoft.Extensions.Logging;

namespace ComIm.Client.Messaging.Receipts;

/// <summary>
/// Tells the sender of a message what became of it, in the session where there is one, else as a pager message. Receipts go to
/// the person of the conversation only, never to whom the envelope names: others could be flooded that way (RFC 5438 section 14).
/// So many wait (<see cref="WaitingReceipts"/>); those beyond are not sent.
/// </summary>
internal sealed class ReceiptSender(ImAccount account, Conversation conversation)
{
    private readonly Lock _gate = new();
    private readonly ILogger _log = account.Options.LoggerFactory.CreateLogger<ReceiptSender>();
    private Task _last = Task.CompletedTask;
    private int _waiting;

    /// <summary>A message has been delivered here.</summary>
    public void OnDelivered(ChatMessage message)
    {
        if (message.ReceiptRequest is { WantsDelivery: true } request && account.Settings.SendReceipts)
        {
            _ = SendInTurn(message, request, ReceiptStatus.Delivered);
        }
    }

    /// <summary>A message has been shown to the user.</summary>
    public Task DisplayAsync(ChatMessage message) =>
        message.ReceiptRequest is { } request && account.Settings.SendReceipts && request.TryDisplay()
            ? SendInTurn(message, request, ReceiptStatus.Displayed)
            : Task.CompletedTask;

    /// <summary>One after another: a thousand messages may come at once from a server that kept them.</summary>
    private Task SendInTurn(ChatMessage message, ReceiptRequest request, ReceiptStatus status)
    {
        // Only what the receipt says waits, not the message.
        var written = request.Written ?? message.Timestamp;
        lock (_gate)
        {
            if (_waiting < WaitingReceipts.MaxOfConversation && account.WaitingReceipts.TryEnter())
            {
                _waiting++;
                return _last = SendAfterAsync(_last, new Receipt(request.MessageId, status), written);
            }
        }

        _log.LogDebug("A receipt for {Peer} is not sent: too many wait", conversation.Peer);
        return Task.CompletedTask;
    }

    private async Task SendAfterAsync(Task previous, Receipt receipt, DateTimeOffset written)
    {
        await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        try
        {
            await SendAsync(receipt, written).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SipTransportException)
        {
            // The account signs out.
        }
        finally
        {
            lock (_gate)
            {
                _waiting--;
            }

            account.WaitingReceipts.Leave();
        }
    }

    private async Task SendAsync(Receipt receipt, DateTimeOffset written)
    {
        var session = conversation.Session.Current;
        if (conversation.IsConference || (session is null && account.Settings.MessagingMode == MessagingMode.Session))
        {
            // A receipt is not worth a session, and what one person asked for is nothing for a whole room.
            return;
        }

        var notice = MessageContent.Of(ReceiptXml.ContentType, ReceiptXml.Write(receipt, written, account.Address));
        var writer = new CpimWriter(new NameAddress(account.Uri), new NameAddress(conversation.Target), account.Options.TimeProvider.GetUtcNow());
        var id = SipTokens.NewCallId();

        // What becomes of it is not told again: whoever asked and does not take it goes without.
        await conversation.Sender.TransmitAsync(writer.Receipt(id, notice), id, session).ConfigureAwait(false);
    }
}
