namespace ComIm.Client.Messaging;

/// <summary>A message was refused or could not be sent. Nothing is lost: <see cref="ChatMessage"/> still holds it.</summary>
public sealed class MessageDeliveryException : ImException
{
    internal MessageDeliveryException(ChatMessage message, ImException cause)
        : base(cause.Error, cause.Message, cause.StatusCode, cause.ReasonPhrase, cause.InnerException)
    {
        ChatMessage = message;
        Response = cause.Response;
    }

    /// <summary>The message that failed.</summary>
    public ChatMessage ChatMessage { get; }
}
