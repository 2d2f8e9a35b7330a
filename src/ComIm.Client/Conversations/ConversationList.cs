using ComIm.Client.Accounts;
using ComIm.Sip.Dialogs;
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

    /// <summary>The conversation of a room that somebody asks us into.</summary>
    public Conversation GetConference(SipUri room)
    {
        lock (_gate)
        {
            if (!_byPeer.TryGetValue(room, out var conversation))
            {
                _byPeer[room] = conversation = Add(new Conversation(account, room, isGroup: true));
            }

            conversation.EnterConference(room);
            return conversation;
        }
    }

    /// <summary>A conversation is in a room now: what its person writes alone is another one from now on.</summary>
    public void OnMoved(Conversation conversation, SipUri from, SipUri room)
    {
        lock (_gate)
        {
            if (_byPeer.GetValueOrDefault(from) == conversation)
            {
                _byPeer.Remove(from);
            }

            _byPeer[room] = conversation;
        }
    }

    /// <summary>The conversation that has a session; null where none has.</summary>
    public Conversation? Find(DialogId dialog) => All.FirstOrDefault(c => c.Session.Current?.Dialog.Id == dialog);

    private Conversation Add(Conversation conversation)
    {
        _all.Add(conversation);
        account.RaiseAdded(conversation);
        return conversation;
    }
}
