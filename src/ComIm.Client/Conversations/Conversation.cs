using ComIm.Client.Messaging;

namespace ComIm.Client.Conversations;

/// <summary>The exchange with one person.</summary>
public sealed class Conversation
{
    internal Conversation(string peer) => Peer = peer;

    /// <summary>The other person's address of record.</summary>
    public string Peer { get; }

    /// <summary>The messages of both directions, in order.</summary>
    public IReadOnlyList<ChatMessage> Messages => throw new NotImplementedException();

    /// <summary>A message of this conversation was sent or has come in.</summary>
    public event EventHandler<MessageReceivedEventArgs>? MessageAdded;

    /// <summary>Sends one text and waits until the other side, or a server for it, has taken it.</summary>
    /// <param name="text">Plain text, any Unicode.</param>
    /// <param name="cancellationToken">Stops waiting; the message may still arrive.</param>
    /// <exception cref="MessageDeliveryException">The message was refused or could not be sent.</exception>
    public Task<ChatMessage> SendAsync(string text, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException($"{MessageAdded}");
}
