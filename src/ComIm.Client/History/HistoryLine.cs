using ComIm.Client.Messaging;

namespace ComIm.Client.History;

/// <summary>A line of a history file: who the file is about, a message, or what became of one.</summary>
internal sealed record HistoryLine
{
    /// <summary>First line only: with whom the file is.</summary>
    public string? Peer { get; init; }

    /// <summary>The message's name.</summary>
    public string? Id { get; init; }

    /// <summary>Which way it went; null in a line that only says what became of a message.</summary>
    public MessageDirection? Direction { get; init; }

    /// <summary>The sender's address.</summary>
    public string? From { get; init; }

    /// <summary>The sender's name.</summary>
    public string? Name { get; init; }

    /// <summary>The recipient's address.</summary>
    public string? To { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>True where it had been kept somewhere.</summary>
    public bool? Delayed { get; init; }

    /// <summary>The text for people.</summary>
    public string? Text { get; init; }

    /// <summary>The type of <see cref="Bytes"/>; null for plain text, which <see cref="Text"/> is already.</summary>
    public string? Type { get; init; }

    /// <summary>The content where it is more than <see cref="Text"/>.</summary>
    public byte[]? Bytes { get; init; }

    /// <summary>How far it got.</summary>
    public MessageStatus? Status { get; init; }

    /// <summary>The SIP status code.</summary>
    public int? Code { get; init; }

    /// <summary>Why it failed.</summary>
    public ImError? Error { get; init; }

    /// <summary>The same for people.</summary>
    public string? Reason { get; init; }

    /// <summary>The line of a message.</summary>
    public static HistoryLine Of(ChatMessage message) => WithStatus(message) with
    {
        Direction = message.Direction,
        From = message.From,
        Name = message.FromDisplayName,
        To = message.To,
        Time = message.Timestamp,
        Delayed = message.IsDelayed ? true : null,
        Text = message.Text,
        Type = message.Content.IsPlain ? null : message.Content.ContentType,
        Bytes = message.Content.IsPlain ? null : message.Content.Bytes.ToArray(),
    };

    /// <summary>The line that says what became of a message.</summary>
    public static HistoryLine WithStatus(ChatMessage message) => new()
    {
        Id = message.Id,
        Status = message.Status,
        Code = message.StatusCode == 0 ? null : message.StatusCode,
        Error = message.Failure?.Error,
        Reason = message.Failure?.Message,
    };

    /// <summary>The message as it was read, with what became of it; null where the line is none.</summary>
    public ChatMessage? ToMessage(HistoryLine fate)
    {
        if (this is not { Id: { } id, Direction: { } direction, From: { } from, To: { } to, Time: { } time, Text: { } text })
        {
            return null;
        }

        var content = Type is { } type && Bytes is { } bytes && Sip.Bodies.MediaType.TryParse(type, out _) ? MessageContent.Of(type, bytes) : MessageContent.Plain(text);
        var message = new ChatMessage(id, direction, from, to, text, time)
        {
            FromDisplayName = Name,
            IsDelayed = Delayed == true,
            Content = content,
            Status = fate.Status ?? MessageStatus.Failed,
            StatusCode = fate.Code ?? 0,
            Failure = fate.Error is { } error ? new ImException(error, fate.Reason ?? string.Empty, fate.Code ?? 0) : null,
        };
        if (message.Status is MessageStatus.Queued or MessageStatus.Sending)
        {
            // Nobody is left to learn of the answer.
            message.Status = MessageStatus.Failed;
            message.Failure = new ImException(ImError.Timeout, "The program ended before the answer came; the message may have arrived.");
        }

        return message;
    }
}
