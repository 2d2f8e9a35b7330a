using ComIm.Client.Messaging.Cpim;
using ComIm.Client.Messaging.Receipts;
using ComIm.Client.Typing;
using ComIm.Sip.Bodies;

namespace ComIm.Client.Messaging;

/// <summary>What a body that has come in means to us: the content that is kept of it, and its text for people.</summary>
/// <param name="Body">The body that was chosen.</param>
/// <param name="Content">The content.</param>
/// <param name="Text">Plain text; empty where there is none.</param>
internal sealed record ReceivedContent(SipBody Body, MessageContent Content, string Text)
{
    // What is said of messages, or around them, and never shown.
    private static readonly string[] Signals =
        [TypingXml.IsComposingType, ReceiptXml.ContentType, CpimMessage.ContentType, PartialMessages.ContentType];

    /// <summary>The envelope it came in, or null.</summary>
    public CpimMessage? Envelope { get; private init; }

    /// <summary>Whether it says that somebody types.</summary>
    public bool IsTyping => Body.Type.Is(TypingXml.IsComposingType);

    /// <summary>Whether it says what became of a message.</summary>
    public bool IsReceipt => Body.Type.Is(ReceiptXml.ContentType);

    /// <summary>Whether it is one of several fragments.</summary>
    public bool IsFragment => Body.Type.Is(PartialMessages.ContentType);

    /// <summary>Finds what can be used in a body, in an envelope (RFC 3862) or without.</summary>
    /// <param name="body">The body, decoded.</param>
    /// <param name="accepted">What is taken.</param>
    /// <param name="rejection">Why nothing can be.</param>
    public static ReceivedContent? Open(SipBody body, AcceptedTypes accepted, out BodyRejection rejection)
    {
        var found = Find(body, accepted, out rejection);
        if (found?.Body.Type.Is(CpimMessage.ContentType) != true)
        {
            return found;
        }

        if (CpimMessage.Read(found.Body.Content, out rejection) is not { } envelope || Find(envelope.Body, accepted, out rejection) is not { } inner)
        {
            return null;
        }

        // An envelope within an envelope is nobody's.
        if (inner.Body.Type.Is(CpimMessage.ContentType) || inner.IsFragment)
        {
            rejection = BodyRejection.UnsupportedMediaType;
            return null;
        }

        return inner with { Envelope = envelope };
    }

    private static ReceivedContent? Find(SipBody body, AcceptedTypes accepted, out BodyRejection rejection)
    {
        // Of alternatives the last that is known is meant, not the last that would do (RFC 2046 section 5.1.4).
        var chosen = body.Select(part => IsKnown(part) ? Judge(part, accepted) : BodyRejection.UnsupportedMediaType);
        chosen = chosen.Rejection == BodyRejection.UnsupportedMediaType ? body.Select(part => Judge(part, accepted)) : chosen;
        rejection = chosen.Rejection;
        if (chosen.Body is not { } part)
        {
            return null;
        }

        if (IsSignal(part))
        {
            return new ReceivedContent(part, new MessageContent(part.Type, part.Content), string.Empty);
        }

        // Parts that stand beside each other belong together; none of them is thrown away.
        var kept = body.Parts.Count > 1 && !body.Type.Is("multipart/alternative") && !body.Type.Is("multipart/signed") ? body : part;
        return new ReceivedContent(part, new MessageContent(kept.Type, kept.Content), TextOf(body, part));
    }

    private static string TextOf(SipBody body, SipBody chosen)
    {
        if (body.Select(part => IsText(part, MessageContent.PlainType) ? BodyRejection.None : BodyRejection.UnsupportedMediaType).Body is { } plain)
        {
            plain.ReadText(out var text);
            return text;
        }

        return new MessageContent(chosen.Type, chosen.Content).ToString();
    }

    private static bool IsSignal(SipBody part) => Signals.Any(part.Type.Is);

    private static bool IsKnown(SipBody part) => part.Type.Is(MessageContent.PlainType) || part.Type.Is(MessageContent.HtmlType) || IsSignal(part);

    private static bool IsText(SipBody part, string type) => part.Type.Is(type) && Charsets.IsKnown(part.Type.Charset);

    private static BodyRejection Judge(SipBody part, AcceptedTypes accepted) =>
        IsSignal(part) ? BodyRejection.None
        : !accepted.Allows(part.Type) ? BodyRejection.UnsupportedMediaType
        : part.Type.Type == "text" && !Charsets.IsKnown(part.Type.Charset) ? BodyRejection.UnsupportedCharset : BodyRejection.None;
}
