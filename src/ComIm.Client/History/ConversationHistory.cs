using ComIm.Client.Accounts;
using ComIm.Client.Messaging;

namespace ComIm.Client.History;

/// <summary>What was written in the conversations of an account.</summary>
public sealed class ConversationHistory
{
    private readonly ImAccount _account;

    internal ConversationHistory(ImAccount account) => _account = account;

    /// <summary>The addresses of those with whom something was written.</summary>
    public IReadOnlyList<string> Addresses => [.. _account.Conversations.Where(c => c.Messages.Count > 0).Select(c => c.Peer)];

    /// <summary>The messages of both directions, oldest first.</summary>
    /// <param name="address">With whom; a SIP URI, the scheme may be left out.</param>
    /// <param name="since">Only those from this time on; null for all.</param>
    /// <param name="count">At most so many, the newest; null for all.</param>
    /// <exception cref="ImException">The address is none.</exception>
    public IReadOnlyList<ChatMessage> Read(string address, DateTimeOffset? since = null, int? count = null)
    {
        var peer = ImAddress.Parse(address).AddressOfRecord;
        var messages = _account.Conversations.FirstOrDefault(c => c.Peer == peer.ToString())?.Messages ?? [];
        var asked = messages.Where(m => since is null || m.Timestamp >= since);
        return [.. count is { } limit ? asked.TakeLast(limit) : asked];
    }
}
