using ComIm.Client.Accounts;
using ComIm.Sip.Messages;

namespace ComIm.Client.Conversations;

/// <summary>The conversations of one account, one a person.</summary>
internal sealed class ConversationList(ImAccount account)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SipUri, Conversation> _byPeer = [];
    private readonly List<Conversation> _all = [];

    public IReadOnlyList<Conversation> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _all];
            }
        }
    }

    public Conversation Get(SipUri peer)
    {
        lock (_gate)
        {
            if (!_byPeer.TryGetValue(peer, out var conversation))
            {
                conversation = new Conversation(account, peer);
                _byPeer[peer] = conversation;
                _all.Add(conversation);
            }

            return conversation;
        }
    }
}
