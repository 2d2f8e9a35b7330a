using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging.Cpim;
using ComIm.Client.Sessions;
using ComIm.Sip;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Client.Messaging.Sending;

/// <summary>
/// Sends the messages of one conversation, each in the form that its recipient takes: with a request for receipts or without,
/// with markup or without, whole or in pieces. Every other way is tried before a message fails.
/// </summary>
internal sealed class MessageSender(ImAccount account, Conversation conversation)
{
    // A message waits for the answer.
    private static readonly TimeSpan AskPatience = TimeSpan.FromSeconds(5);

    private readonly SentMessages _sent = new(account.Options.MessagesInMemory);
    private bool _isAsked;

    public PeerCapabilities Peer { get; private set; } = new();

    /// <summary>The conversation has moved into a room: what was learnt of the peer does not count there.</summary>
    public void OnMoved() => Peer = new PeerCapabilities();

    /// <summary>A message sent before; null where it is not known.</summary>
    public ChatMessage? Find(string id) => _sent.Find(id);

    /// <summary>Sends a message, in a session or outside, and waits for the response that counts.</summary>
    public async Task<SipOutcome> SendAsync(ChatMessage message, SendOptions options, InviteSession? session)
    {
        _sent.Add(message);
        var form = await ChooseAsync(message.Content, options, session).ConfigureAwait(false);
        while (true)
        {
            var outcome = await SendAsync(message, form, session).ConfigureAwait(false);
            if (form.After(outcome, message.Content, Peer) is not { } next)
            {
                return outcome;
            }

            form = next;
        }
    }

    /// <summary>Sends a content in one request.</summary>
    /// <param name="content">The content.</param>
    /// <param name="callId">The Call-ID outside a session.</param>
    /// <param name="session">The session; null for none.</param>
    public async Task<SipOutcome> TransmitAsync(MessageContent content, string callId, InviteSession? session)
    {
        var request = session?.CreateRequest(SipMethods.Message) ?? PagerMessage.CreateEmpty(account, conversation.Target, callId);
        PagerMessage.SetContent(request, content);
        if (session is not null)
        {
            return await conversation.Session.SendInTurnAsync(session, request).ConfigureAwait(false);
        }

        var (outcome, _) = await account.Agent.SendAsync(request).ConfigureAwait(false);
        return outcome;
    }

    private static IReadOnlyList<string>? OfferedBy(InviteSession? session) =>
        session?.RemoteBody is { } body ? MessageDescription.AcceptedTypes(body.Content.Span) : null;

    private async Task<MessageForm> ChooseAsync(MessageContent content, SendOptions options, InviteSession? session)
    {
        var offered = OfferedBy(session);
        if (options.RequestReceipts == true && !conversation.IsGroup && Peer.Takes(CpimMessage.ContentType, offered) is null)
        {
            await AskAsync().ConfigureAwait(false);
        }

        return new MessageForm(
            content.IsHtml && Peer.Takes(MessageContent.HtmlType, offered) == false && !Peer.TakesAnything(offered),
            !conversation.IsGroup && (options.RequestReceipts ?? account.Settings.RequestReceipts) && Peer.Takes(CpimMessage.ContentType, offered) == true);
    }

    private async Task<SipOutcome> SendAsync(ChatMessage message, MessageForm form, InviteSession? session)
    {
        var bare = form.IsPlain ? MessageContent.Plain(message.Text) : message.Content;
        var content = bare;
        if (form.IsWrapped)
        {
            var writer = new CpimWriter(new NameAddress(account.Uri, account.DisplayName), new NameAddress(conversation.Target), message.Timestamp);
            content = writer.Message(message.Id, bare);
        }

        if (content.Bytes.Length > Peer.MaxLength)
        {
            return await SendInPiecesAsync(message, content, bare, Peer.MaxLength, session, null).ConfigureAwait(false);
        }

        var outcome = await TransmitAsync(content, message.Id, session).ConfigureAwait(false);
        return IsTooLong(outcome, content) && PieceLength.After(content.Bytes.Length) is { } length
            ? await SendInPiecesAsync(message, content, bare, length, session, outcome).ConfigureAwait(false)
            : outcome;
    }

    /// <summary>Sends fragments to who puts them together, and several texts to who does not.</summary>
    private async Task<SipOutcome> SendInPiecesAsync(
        ChatMessage message, MessageContent content, MessageContent bare, int length, InviteSession? session, SipOutcome? refusal)
    {
        if (session is null && Peer.Takes(PartialMessages.ContentType) is null)
        {
            await AskAsync().ConfigureAwait(false);
        }

        var isJoined = Peer.Takes(PartialMessages.ContentType, OfferedBy(session)) == true;
        if (!isJoined && bare is { IsPlain: false, IsHtml: false })
        {
            // Bytes cannot be read in pieces.
            return refusal ?? await TransmitAsync(content, message.Id, session).ConfigureAwait(false);
        }

        while (true)
        {
            var pieces = isJoined
                ? PartialContent.Cut(content, $"{message.Id}.{length}", length)
                : [.. TextPieces.Cut(message.Text, length).Select(MessageContent.Plain)];
            var (outcome, sent) = await SendAllAsync(message.Id, pieces, session).ConfigureAwait(false);
            if (outcome.IsSuccess)
            {
                Peer.LearnTooLong(length);
            }

            if (sent > 0 || !IsTooLong(outcome, pieces[0]) || PieceLength.After(length) is not { } shorter)
            {
                return outcome;
            }

            length = shorter;
        }
    }

    /// <summary>Sends pieces one after another until one is refused.</summary>
    /// <returns>The outcome of the message, and how many pieces were taken.</returns>
    private async Task<(SipOutcome Outcome, int Sent)> SendAllAsync(string id, IReadOnlyList<MessageContent> pieces, InviteSession? session)
    {
        SipOutcome? kept = null;
        for (var i = 0; ; i++)
        {
            var outcome = await TransmitAsync(pieces[i], $"{id}.{i + 1}", session).ConfigureAwait(false);
            kept = outcome.StatusCode == 202 ? outcome : kept;
            if (!outcome.IsSuccess || i == pieces.Count - 1)
            {
                // One piece that a server keeps makes a message that is not delivered yet.
                return (outcome.IsSuccess ? kept ?? outcome : outcome, outcome.IsSuccess ? pieces.Count : i);
            }
        }
    }

    // A server that reads no more than so much of a stream closes it without a word.
    private static bool IsTooLong(SipOutcome outcome, MessageContent content) => outcome.Failure is { } failure
        ? failure.Fault == SipTransportFault.TooLong
            || (failure.Fault == SipTransportFault.ConnectionLost && content.Bytes.Length > PieceLength.First)
        : outcome.StatusCode is 413 or 513;

    /// <summary>Asks what the peer takes (RFC 3261 section 11).</summary>
    private async Task AskAsync()
    {
        if (!_isAsked)
        {
            var request = PagerMessage.CreateEmpty(account, conversation.Target, Sip.Transactions.SipTokens.NewCallId(), SipMethods.Options);
            request.Headers.Add(HeaderId.Accept, MessageDescription.ContentType);
            try
            {
                var (outcome, _) = await account.Agent.SendAsync(request)
                    .WaitAsync(AskPatience, account.Options.TimeProvider).ConfigureAwait(false);
                _isAsked = outcome.IsSuccess;
                Peer.Learn(outcome);
            }
            catch (TimeoutException)
            {
                // Who says nothing of it is sent plain messages, and is not asked again.
                _isAsked = true;
            }
        }
    }
}
