using ComIm.Client.Conversations;
using ComIm.Client.Messaging;

namespace ComIm.Client.Accounts;

/// <summary>One signed-in identity. Its events are raised one at a time, in order, never from a network thread.</summary>
public sealed class ImAccount : IAsyncDisposable
{
    /// <summary>The address of record, as <c>sip:alice@example.com</c>.</summary>
    public string Address => throw new NotImplementedException();

    /// <summary>Where the account stands.</summary>
    public ImAccountState State => throw new NotImplementedException();

    /// <summary>Every conversation since sign-in, in the order of their beginning.</summary>
    public IReadOnlyList<Conversation> Conversations => throw new NotImplementedException();

    /// <summary><see cref="State"/> has changed.</summary>
    public event EventHandler<ImAccountStateChangedEventArgs>? StateChanged;

    /// <summary>A message has come in. Each message is raised once, however often it was retransmitted.</summary>
    public event EventHandler<MessageReceivedEventArgs>? MessageReceived;

    /// <summary>Finds the conversation with a person, or begins one. Nothing is sent until the first message.</summary>
    /// <param name="address">A SIP URI, <c>sip:bob@example.com</c>; the scheme may be left out.</param>
    /// <exception cref="ImException"><see cref="ImError.BadAddress"/>.</exception>
    public Conversation GetConversation(string address) => throw new NotImplementedException();

    /// <summary>Sends one text and waits until the other side, or a server for it, has taken it.</summary>
    /// <param name="to">A SIP URI; the scheme may be left out.</param>
    /// <param name="text">Plain text, any Unicode.</param>
    /// <param name="cancellationToken">Stops waiting; the message may still arrive.</param>
    /// <exception cref="MessageDeliveryException">The message was refused or could not be sent.</exception>
    public Task<ChatMessage> SendAsync(string to, string text, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>
    /// The messages that come in from the call on, until the account signs out. Each caller has its own queue.
    /// </summary>
    /// <param name="cancellationToken">Ends the sequence.</param>
    public IAsyncEnumerable<ChatMessage> ReceiveAsync(CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Removes the registration (RFC 3261 section 10.2.2) and closes the connection. Doing it twice does nothing.</summary>
    /// <param name="cancellationToken">Stops waiting for the server's answer; the account is signed out all the same.</param>
    public Task SignOutAsync(CancellationToken cancellationToken = default) =>
        throw new NotImplementedException($"{StateChanged}{MessageReceived}");

    /// <summary>The same as <see cref="SignOutAsync"/>.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
