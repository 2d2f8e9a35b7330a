using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.Sip.Messages;

namespace ComIm.Client.Conversations;

/// <summary>The exchange with one person.</summary>
public sealed class Conversation
{
    private readonly ImAccount _account;
    private readonly SipUri _peer;
    private readonly Lock _gate = new();
    private readonly List<ChatMessage> _messages = [];

    internal Conversation(ImAccount account, SipUri peer)
    {
        _account = account;
        _peer = peer;
        Peer = peer.ToString();
    }

    /// <summary>The other person's address.</summary>
    public string Peer { get; }

    /// <summary>The messages of both directions, in order.</summary>
    public IReadOnlyList<ChatMessage> Messages
    {
        get
        {
            lock (_gate)
            {
                return [.. _messages];
            }
        }
    }

    /// <summary>A message of this conversation was sent or has come in.</summary>
    public event EventHandler<MessageReceivedEventArgs>? MessageAdded;

    /// <summary>Sends one text and waits until the other side, or a server for it, has taken it.</summary>
    /// <param name="text">Plain text, any Unicode.</param>
    /// <param name="cancellationToken">Stops waiting; the message may still arrive.</param>
    /// <exception cref="ImException">The account is signed out.</exception>
    /// <exception cref="MessageDeliveryException">The message was refused or could not be sent.</exception>
    public async Task<ChatMessage> SendAsync(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (_account.State == ImAccountState.SignedOut)
        {
            throw new ImException(ImError.NotSignedIn, $"{_account.Address} is signed out. Sign in before you send.");
        }

        var (message, request) = PagerMessage.Create(_account, _peer, text);
        Add(message);
        var (outcome, _) = await _account.Agent.SendAsync(request, cancellationToken).ConfigureAwait(false);
        message.StatusCode = outcome.Failure is null ? outcome.StatusCode : 0;
        if (outcome.IsSuccess)
        {
            message.Status = outcome.StatusCode == 202 ? MessageStatus.Accepted : MessageStatus.Delivered;
            return message;
        }

        message.Failure = ImFailures.OfMessage(outcome, Peer, _account.Server);
        message.Status = MessageStatus.Failed;
        throw new MessageDeliveryException(message, message.Failure);
    }

    internal void Add(ChatMessage message)
    {
        lock (_gate)
        {
            _messages.Add(message);
        }

        _account.Events.Post(MessageAdded, this, new MessageReceivedEventArgs(message, this));
    }
}
