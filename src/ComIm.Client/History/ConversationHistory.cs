using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Sip.Messages;

namespace ComIm.Client.History;

/// <summary>
/// What was written in the conversations of an account: since it signed in, and with <see cref="ImClientOptions.KeepHistory"/> also in
/// the runs before. Of each conversation the newest 16 MB or so are kept, of the 2,000 that were used last.
/// </summary>
public sealed class ConversationHistory
{
    private readonly ImAccount _account;
    private readonly HistoryStore? _store;

    internal ConversationHistory(ImAccount account, HistoryStore? store) => (_account, _store) = (account, store);

    /// <summary>The addresses of those with whom something was written: people, and rooms of conferences.</summary>
    /// <exception cref="ImException">What is kept cannot be read.</exception>
    public IReadOnlyList<string> Addresses =>
        [.. (_store?.Peers ?? []).Concat(_account.Conversations.Where(c => c.Messages.Count > 0 && c.Peer.Length > 0).Select(c => c.Peer)).Distinct(StringComparer.Ordinal)];

    /// <summary>The messages of both directions, oldest first.</summary>
    /// <param name="address">With whom; a SIP URI, the scheme may be left out.</param>
    /// <param name="since">Only those from this time on; null for all.</param>
    /// <param name="count">At most so many, the newest; null for all.</param>
    /// <exception cref="ImException">The address is none, or what is kept cannot be read.</exception>
    public IReadOnlyList<ChatMessage> Read(string address, DateTimeOffset? since = null, int? count = null)
    {
        var peer = ImAddress.Parse(address).AddressOfRecord;
        var live = _account.Conversations.Where(c => peer.Equals(PeerOf(c))).SelectMany(c => c.Messages).ToList();
        var asked = Merge(_store?.Read(peer) ?? [], live).Where(m => since is null || m.Timestamp >= since);
        return [.. count is { } limit ? asked.TakeLast(limit) : asked];
    }

    /// <summary>Forgets what was kept of the conversation with somebody. The messages since sign-in stay with their conversation.</summary>
    /// <param name="address">With whom; a SIP URI, the scheme may be left out.</param>
    /// <param name="cancellationToken">Stops waiting; it may still be done.</param>
    /// <exception cref="ImException">The address is none, or it could not be removed.</exception>
    public Task DeleteAsync(string address, CancellationToken cancellationToken = default)
    {
        var peer = ImAddress.Parse(address).AddressOfRecord;
        return _store is null ? Task.CompletedTask : Task.Run(() => _store.Delete(peer), cancellationToken);
    }

    /// <summary>A message was written or has come in.</summary>
    internal void OnAdded(Conversation conversation, ChatMessage message)
    {
        // A group has no address before it has a room; its first messages are kept when they are sent.
        if (_store is not null && PeerOf(conversation) is { } peer)
        {
            message.KeptWith = peer;
            _store.Append(peer, HistoryLine.Of(message));
        }
    }

    /// <summary>A message has got further.</summary>
    internal void OnStatus(Conversation conversation, ChatMessage message)
    {
        if (message.KeptWith is not { } peer)
        {
            OnAdded(conversation, message);
        }
        else if (message.Status != MessageStatus.Sending)
        {
            _store!.Append(peer, HistoryLine.WithStatus(message));
        }
    }

    private static SipUri? PeerOf(Conversation conversation) =>
        SipUri.TryParse(conversation.Peer, out var peer) ? peer.AddressOfRecord : null;

    /// <summary>What is kept, with the objects of this run in their places, and what of this run is not kept behind it.</summary>
    private static IEnumerable<ChatMessage> Merge(IReadOnlyList<ChatMessage> kept, List<ChatMessage> live)
    {
        var byId = live.DistinctBy(m => m.Id).ToDictionary(m => m.Id, StringComparer.Ordinal);
        foreach (var message in kept)
        {
            yield return byId.Remove(message.Id, out var same) ? same : message;
        }

        foreach (var message in live.Where(m => byId.ContainsKey(m.Id)))
        {
            yield return message;
        }
    }
}
