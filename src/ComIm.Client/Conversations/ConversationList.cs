using ComIm.Client.Accounts;
using ComIm.Sip.Messages;

namespace ComIm.Client.Conversations;

/// <summary>The conversations of one account: one a person, and the groups.</summary>
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
                _byPeer[peer] = conversation = Add(new Conversation(account, peer, isGroup: false));
            }

            return conversation;
        }
    }

    /// <summary>A group that has nobody in it yet.</summary>
    /// <param name="factory">Who makes its room.</param>
    public Conversation CreateGroup(SipUri factory)
    {
        lock (_gate)
        {
            return Add(new Conversation(account, factory, isGroup: true));
        }
    }

    private Conversation Add(Conversation conversation)
    {
        _all.Add(conversation);
        account.RaiseAdded(conversation);
        return conversation;
    }
}
