using ComIm.Com.Automation;
using ComIm.Com.Automation.Model;
using ComIm.Com.Automation.Observables;
using ComIm.Com.Interop;

namespace ComIm.Com.Tests.Automation.Model;

/// <summary>A chat of two by the names of the Skype Web SDK, late bound as scripts call it.</summary>
public sealed class ChatTests : IAsyncLifetime
{
    private const int Patience = 90_000;

    private People _people = null!;

    public async Task InitializeAsync() => _people = await People.StartAsync();

    public Task DisposeAsync() => _people.DisposeAsync().AsTask();

    [Fact]
    public void A_chat_is_started_used_and_left()
    {
        var alice = _people.SignIn("alice");
        _people.SignIn("bob");
        var conversation = Late.Call(Late.Get(alice, "conversationsManager")!, "getConversation", People.AddressOf("bob"))!;
        Calls connected = new(), states = new(), added = new(), messages = new();
        Late.Call(Late.Path(conversation, "selfParticipant.chat.state"), "when", "Connected", connected.Function);
        Late.Call(Late.Path(conversation, "state"), "changed", states.Function);
        Late.Call(Late.Path(conversation, "participants"), "added", added.Function);
        Late.Call(Late.Path(conversation, "chatService.messages"), "added", messages.Function);

        Wait(Late.Call(Late.Path(conversation, "chatService"), "start"));
        Assert.Equal("Connected", connected.First());
        Assert.Equal(["Disconnected", "Connecting", "Connected"], [states.First(), states.First(), states.First()]);
        Assert.Equal("bob", Late.Call(added.First()!, "displayName"));
        var sent = Wait(Late.Call(Late.Path(conversation, "chatService"), "sendMessage", "hello"))!;
        Assert.Equal(("hello", "Outgoing"), (Late.Call(messages.First()!, "text"), Late.Call(sent, "direction")));

        Wait(Late.Call(conversation, "leave"));
        Assert.Equal(["Disconnected", "Terminated", "Connected"], states.Next());
        Assert.Equal("Disconnected", Late.Call(conversation, "state"));
    }

    [Fact]
    public void The_other_side_sees_the_conversation_its_messages_and_the_typing()
    {
        var alice = _people.SignIn("alice");
        var bob = _people.SignIn("bob");
        Calls conversations = new(), messages = new(), typing = new();
        bob.ConversationsManager.Conversations.Added(conversations.Function);
        var hers = alice.ConversationsManager.GetConversation(People.AddressOf("bob"));
        Wait(hers.ChatService.Start());
        Wait(hers.ChatService.SendMessage("one"));
        var his = (IComImConversation)conversations.First()!;
        his.ChatService.Messages.Added(messages.Function);
        Assert.Equal(("one", "Incoming"), Facts(messages.First()));
        ((IComImParticipant)his.Participants.get_Item(0)!).Chat.IsTyping.When(true, typing.Function);
        Wait(hers.ChatService.SendIsTyping());
        Assert.Equal(true, typing.First());
        Wait(hers.ChatService.SendMessage("two"));
        Assert.Equal(("two", "Incoming"), Facts(messages.First()));
        Wait(his.ChatService.SendMessage("three"));
        Assert.Equal(("three", "Outgoing"), Facts(messages.First()));
        Assert.Equal(false, ((IComImParticipant)his.Participants.get_Item("sip:alice@example.com")!).Chat.IsTyping.Value);
    }

    [Fact]
    public void An_invitation_waits_to_be_accepted_where_it_is_not_accepted_by_itself()
    {
        var alice = _people.SignIn("alice");
        var bob = _people.SignIn("bob", autoAccept: false);
        Calls conversations = new(), enabled = new(), notified = new();
        bob.ConversationsManager.Conversations.Added(conversations.Function);
        var start = alice.ConversationsManager.GetConversation(People.AddressOf("bob")).ChatService.Start();
        var his = (IComImConversation)conversations.First()!;
        Late.Call(Late.Path(Late.Read(his.ChatService, "accept")!, "enabled"), "when", true, enabled.Function);
        his.SelfParticipant.Chat.State.When("Notified", notified.Function);
        Assert.Equal((true, "Notified"), (enabled.First(), notified.First()));
        Assert.Equal("Incoming", his.State.Value);
        Wait(Late.Call(his.ChatService, "accept"));
        Wait(start);
        Assert.Equal("Connected", his.State.Value);
        Assert.Equal("NothingToReject", his.ChatService.Reject().Error!.Code);
    }

    [Fact]
    public void A_rejected_invitation_rejects_the_promise_and_says_why()
    {
        var alice = _people.SignIn("alice");
        var bob = _people.SignIn("bob", autoAccept: false);
        Calls conversations = new(), states = new();
        bob.ConversationsManager.Conversations.Added(conversations.Function);
        var hers = alice.ConversationsManager.GetConversation(People.AddressOf("bob"));
        hers.State.Changed(states.Function);
        var start = hers.ChatService.Start();
        var his = (IComImConversation)conversations.First()!;
        var notified = new Calls();
        his.SelfParticipant.Chat.State.When("Notified", notified.Function);
        notified.Next();
        Wait(his.ChatService.Reject());
        var error = Assert.Throws<HResultException>(() => start.Wait(Patience));
        Assert.Equal("80EF025B", error.HResult.ToString("X8", null));
        states.Until("Connecting");
        Assert.Equal(["Disconnected", "Refused", "Connecting"], states.Next());
    }

    [Fact]
    public void Conversations_and_people_are_found_again_and_removed()
    {
        var alice = _people.SignIn("alice");
        var manager = alice.ConversationsManager;
        var conversation = manager.GetConversation(People.AddressOf("bob"));
        Assert.Same(conversation, manager.GetConversation("bob@example.com"));
        var bob = ((IComImParticipant)conversation.Participants.get_Item(0)!).Person;
        Assert.Same(conversation, manager.GetConversation(bob));
        Assert.Same(conversation, manager.GetConversation(bob.Id));
        Assert.Equal(1, manager.Conversations.Count);
        Wait(manager.Conversations.Remove(conversation));
        Assert.Equal(0, manager.Conversations.Count);
        Assert.Equal("80EE0012", Code(() => manager.GetConversation("")));
        alice.SignOut();
        Assert.Equal("80EE006D", Code(() => manager.GetConversation("bob@example.com")));
    }

    [Fact]
    public void SignInManager_signs_in_and_out_by_promises()
    {
        var states = new Calls();
        var application = new Application();
        application.SignInManager.State.Changed(states.Function);
        var failed = application.SignInManager.SignIn("alice@example.com", "wrong", _people.ServerAddress);
        Assert.Equal("80EF0191", Code(() => failed.Wait(Patience)));
        Wait(application.SignInManager.SignIn("alice@example.com", "secret-alice", _people.ServerAddress));
        Assert.Equal("SignedIn", application.State);
        Wait(application.SignInManager.SignOut());
        Assert.Equal(
            ["SignedOut", "SigningIn", "SignedOut", "SigningIn", "SignedIn", "SigningOut", "SignedOut"],
            Enumerable.Range(0, 7).Select(_ => states.First()));
    }

    private static object? Wait(object? promise) => ((IComImPromise)promise!).Wait(Patience);

    private static (string Text, string Direction) Facts(object? message) =>
        (((IComImMessage)message!).Text, ((IComImMessage)message).Direction);

    private static string Code(Action action) => Assert.Throws<HResultException>(action).HResult.ToString("X8", null);
}
