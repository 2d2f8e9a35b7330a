using ComIm.Client.Accounts;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;

namespace ComIm.Client.Conversations;

/// <summary>
/// The conversations of one account: one a person, and the groups. Those that others have begun are bounded, since anybody may begin
/// one: beyond the bound that which was used longest ago is forgotten, unless we have written in it or it has a session.
/// </summary>
internal sealed class ConversationList(ImAccount account)
{
    /// <summary>Sessions at once; who begins one more is told that we are busy.</summary>
    public const int MaxSessions = 2_000;

    private readonly Lock _gate = new();
    private readonly LinkedList<Conversation> _unanswered = new();
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

    /// <summary>Whether there are as many sessions as there may be.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_gate)
            {
                return _all.Count >= MaxSessions && _all.Count(c => !c.IsIdle) >= MaxSessions;
            }
        }
    }

    /// <summary>The conversation with a person.</summary>
    /// <param name="peer">The person.</param>
    /// <param name="isTheirs">Whether it is they who write.</param>
    public Conversation Get(SipUri peer, bool isTheirs)
    {
        lock (_gate)
        {
            if (!_byPeer.TryGetValue(peer, out var conversation))
            {
                _byPeer[peer] = conversation = Add(new Conversation(account, peer, isGroup: false), isTheirs);
            }
            else if (isTheirs)
            {
                Touch(conversation);
            }
            else
            {
                Answer(conversation);
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
            return Add(new Conversation(account, factory, isGroup: true), isTheirs: false);
        }
    }

    /// <summary>The conversation of a room that somebody asks us into.</summary>
    public Conversation GetConference(SipUri room)
    {
        lock (_gate)
        {
            if (!_byPeer.TryGetValue(room, out var conversation))
            {
                _byPeer[room] = conversation = Add(new Conversation(account, room, isGroup: true), isTheirs: true);
            }
            else
            {
                Touch(conversation);
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

    /// <summary>We write in a conversation: it is kept from now on, and where it was forgotten it is back.</summary>
    /// <param name="conversation">The conversation.</param>
    public void OnUsed(Conversation conversation)
    {
        lock (_gate)
        {
            Answer(conversation);
            if (!_all.Contains(conversation))
            {
                _byPeer.TryAdd(conversation.Target, conversation);
                Add(conversation, isTheirs: false);
            }
        }
    }

    /// <summary>Forgets a conversation; false where it is not there.</summary>
    /// <param name="conversation">The conversation.</param>
    public bool Remove(Conversation conversation)
    {
        lock (_gate)
        {
            Answer(conversation);
            return Forget(conversation);
        }
    }

    private Conversation Add(Conversation conversation, bool isTheirs)
    {
        _all.Add(conversation);
        account.RaiseAdded(conversation);
        if (isTheirs)
        {
            conversation.Place = _unanswered.AddLast(conversation);
            ForgetOldest();
        }

        return conversation;
    }

    private void Touch(Conversation conversation)
    {
        if (conversation.Place is { } place)
        {
            _unanswered.Remove(place);
            _unanswered.AddLast(place);
        }
    }

    private void Answer(Conversation conversation)
    {
        if (conversation.Place is { } place)
        {
            _unanswered.Remove(place);
            conversation.Place = null;
        }
    }

    private void ForgetOldest()
    {
        // The newest is not looked at: it has no session yet.
        for (var place = _unanswered.First; _unanswered.Count > account.Settings.MaxUnansweredConversations && place?.Next is { } next; place = next)
        {
            if (place.Value.IsIdle)
            {
                var oldest = place.Value;
                Answer(oldest);
                Forget(oldest);
            }
        }
    }

    private bool Forget(Conversation conversation)
    {
        if (!_all.Remove(conversation))
        {
            return false;
        }

        if (_byPeer.GetValueOrDefault(conversation.Target) == conversation)
        {
            _byPeer.Remove(conversation.Target);
        }

        account.RaiseRemoved(conversation);
        return true;
    }
}
