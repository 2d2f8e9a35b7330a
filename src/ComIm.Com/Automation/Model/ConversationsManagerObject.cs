using System.Runtime.InteropServices;
using ComIm.Client;
using ComIm.Client.Conversations;
using ComIm.Com.Automation.Observables;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Model;

/// <summary>The conversations of an application as scripts see them.</summary>
[ClassInterface(ClassInterfaceType.None)]
[ComDefaultInterface(typeof(IComImConversationsManager))]
internal sealed class ConversationsManagerObject : DispatchObject, IComImConversationsManager
{
    private readonly Lock _gate = new();
    private readonly Application _owner;
    private readonly Dictionary<Conversation, ConversationObject> _byConversation = [];
    private readonly Collection _conversations;

    public ConversationsManagerObject(Application owner)
    {
        _owner = owner;
        _conversations = new Collection { OnRemove = RemoveAsync };
    }

    public IComImCollection Conversations => _conversations;

    public bool AutoAccept { get; set; } = true;

    public bool IsHistoryEnabled { get; set; }

    public IComImConversation GetConversation(object person)
    {
        var session = _owner.RequireSession();
        try
        {
            return Get(session.Account!.GetConversation(People.AddressOf(person)), session);
        }
        catch (ImException e)
        {
            throw ErrorTable.Translate(e);
        }
    }

    public IComImConversation CreateConversation()
    {
        var session = _owner.RequireSession();
        try
        {
            return Get(session.Account!.CreateConversation(), session);
        }
        catch (ImException e)
        {
            throw ErrorTable.Translate(e);
        }
    }

    /// <summary>The object of a conversation, made where there is none yet.</summary>
    internal ConversationObject Get(Conversation conversation, Session session)
    {
        lock (_gate)
        {
            if (!_byConversation.TryGetValue(conversation, out var found))
            {
                _byConversation.Add(conversation, found = new ConversationObject(_owner, session, conversation));
                session.Follow(conversation);

                // Known before anything of it is told.
                _conversations.Insert(conversation.Peer, found);
                _owner.Events.Raise(3, found);
                found.CatchUp();
            }

            return found;
        }
    }

    /// <summary>A conversation has been forgotten, since strangers have begun too many.</summary>
    /// <param name="conversation">The conversation.</param>
    internal void Forget(Conversation conversation)
    {
        lock (_gate)
        {
            if (_byConversation.Remove(conversation, out var found))
            {
                _conversations.Delete(found);
            }
        }
    }

    /// <summary>The conversations of the sign-in before cannot be resumed by another.</summary>
    internal void Forget()
    {
        lock (_gate)
        {
            _byConversation.Clear();
            foreach (var conversation in _conversations.Snapshot())
            {
                _conversations.Delete(conversation);
            }
        }
    }

    private async Task RemoveAsync(object item)
    {
        var conversation = (ConversationObject)item;
        await conversation.Client.LeaveAsync().ConfigureAwait(false);
        _conversations.Delete(conversation);
    }
}
