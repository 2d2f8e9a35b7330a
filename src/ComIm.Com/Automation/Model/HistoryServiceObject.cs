using System.Runtime.InteropServices;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Com.Automation.Observables;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Model;

/// <summary>The history of a conversation as scripts see it.</summary>
[ClassInterface(ClassInterfaceType.None)]
[ComDefaultInterface(typeof(IComImHistoryService))]
internal sealed class HistoryServiceObject(Session session, Conversation conversation, Func<ChatMessage, Message> wrap)
    : DispatchObject, IComImHistoryService
{
    private readonly Collection _items = new() { Capacity = ChatServiceObject.MessageCapacity };

    public IComImCollection ActivityItems => _items;

    public IComImPromise GetMoreActivityItems(int count = 50) => Promise.Run(() =>
    {
        var older = session.Account!.History.Read(conversation.Peer)
            .Where(message => _items.FindByName(message.Id) == null).TakeLast(Math.Max(0, count)).ToList();
        _items.InsertBefore([.. older.Select(message => (message.Id, (object)wrap(message)))]);
        return Task.FromResult<object?>(older.Count);
    });

    /// <summary>A message was sent or has come in.</summary>
    internal void Add(Message message) => _items.Insert(message.Id, message);
}
