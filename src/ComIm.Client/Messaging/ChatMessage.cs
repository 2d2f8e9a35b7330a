using ComIm.Client.Messaging.Receipts;

namespace ComIm.Client.Messaging;

/// <summary>One message, sent or received. It does not change but for <see cref="Status"/> and <see cref="Failure"/>.</summary>
public sealed class ChatMessage
{
    internal ChatMessage(string id, MessageDirection direction, string from, string to, string text, DateTimeOffset timestamp)
    {
        Id = id;
        Direction = direction;
        From = from;
        To = to;
        Text = text;
        Timestamp = timestamp;
    }

    /// <summary>A name for the message that is unique to it.</summary>
    public string Id { get; }

    /// <summary>Whether it was sent or received.</summary>
    public MessageDirection Direction { get; }

    /// <summary>The sender's address of record.</summary>
    public string From { get; }

    /// <summary>The sender's display name, or null.</summary>
    public string? FromDisplayName { get; internal init; }

    /// <summary>The recipient's address of record.</summary>
    public string To { get; }

    /// <summary>The text for people: of HTML without the markup, and empty where the content is no text.</summary>
    public string Text { get; }

    /// <summary>What was written or has come in, as it is: HTML with its markup, bytes of any type.</summary>
    public MessageContent Content
    {
        get => field ??= MessageContent.Plain(Text);
        internal init;
    }

    /// <summary>The MIME type of <see cref="Content"/>, without parameters: <c>text/plain</c>.</summary>
    public string ContentType => Content.Type.Name;

    /// <summary>When it was sent, or when it came in; of one that <see cref="IsDelayed"/>, when it was sent according to the server that kept it.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <summary>Whether it was sent earlier than it came in: somewhere it has been kept until the account was there.</summary>
    public bool IsDelayed { get; internal init; }

    /// <summary>How far it got. A received message is <see cref="MessageStatus.Delivered"/> until it is marked as displayed.</summary>
    public MessageStatus Status { get; internal set; }

    /// <summary>The SIP status code that settled the message's fate: 200, 202, 404 …; 0 while under way.</summary>
    public int StatusCode { get; internal set; }

    /// <summary>Why it failed, where it did.</summary>
    public ImException? Failure { get; internal set; }

    /// <summary>What its sender wants to know of it; null where nothing.</summary>
    internal ReceiptRequest? ReceiptRequest { get; init; }

    /// <summary>With whom the history has it, a conversation may move on to a room; null where it has it not.</summary>
    internal Sip.Messages.SipUri? KeptWith { get; set; }

    /// <summary>For people: the sender and the text.</summary>
    public override string ToString() => $"{From}: {Text}";
}
