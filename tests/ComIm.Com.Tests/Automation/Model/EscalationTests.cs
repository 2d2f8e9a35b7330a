using ComIm.Com.Automation;
using ComIm.Com.Automation.Model;
using ComIm.Com.Automation.Observables;

namespace ComIm.Com.Tests.Automation.Model;

/// <summary>Conversations of several as scripts see them.</summary>
public sealed class EscalationTests : IAsyncLifetime
{
    private const int Patience = 90_000;

    private People _people = null!;

    public async Task InitializeAsync() => _people = await People.StartAsync();

    public Task DisposeAsync() => _people.DisposeAsync().AsTask();

    [Fact]
    public void A_chat_of_two_becomes_a_group_and_stays_the_same_object()
    {
        var alice = _people.SignIn("alice");
        var bob = _people.SignIn("bob");
        var carol = _people.SignIn("carol");
        var conversation = alice.ConversationsManager.GetConversation(People.AddressOf("bob"));
        Calls added = new(), messages = new(), group = new(), count = new(), leader = new();
        conversation.SelfParticipant.Role.When("Leader", leader.Function);
        conversation.Participants.Added(added.Function);
        conversation.ChatService.Messages.Added(messages.Function);
        conversation.IsGroupConversation.When(true, group.Function);
        conversation.ParticipantsCount.When(2, count.Function);
        conversation.ChatService.Start().Wait(Patience);
        conversation.ChatService.SendMessage("before").Wait(Patience);
        var participant = (IComImParticipant)conversation.Participants.Add(People.AddressOf("carol")).Wait(Patience)!;
        Assert.Equal(["bob", "carol"], [NameOf(added.First()), NameOf(added.First())]);
        Assert.Equal("Connected", participant.State.Value);
        Assert.Equal((true, 2), (group.First(), count.First()));
        Assert.NotNull(conversation.Uri.Value);
        Assert.Equal("Leader", leader.First());

        conversation.ChatService.SendMessage("after").Wait(Patience);
        Assert.Equal(["before", "after"], [TextOf(messages.First()), TextOf(messages.First())]);
        Assert.Equal(["before", "after"], [bob.WaitForMessage(Patience)!.Text, bob.WaitForMessage(Patience)!.Text]);
        Assert.Equal("after", carol.WaitForMessage(Patience)!.Text);
        Assert.Same(conversation, alice.ConversationsManager.Conversations.get_Item(0));
        Assert.Equal(1, alice.ConversationsManager.Conversations.Count);
    }

    [Fact]
    public void The_others_see_the_roster_and_who_wrote()
    {
        var alice = _people.SignIn("alice");
        var bob = _people.SignIn("bob");
        var carol = _people.SignIn("carol");
        Calls conversations = new(), messages = new(), people = new();
        carol.ConversationsManager.Conversations.Added(conversations.Function);
        var hers = alice.ConversationsManager.GetConversation(People.AddressOf("bob"));
        hers.ChatService.Start().Wait(Patience);
        hers.Participants.Add("carol@example.com").Wait(Patience);
        var conversation = (IComImConversation)conversations.First()!;
        conversation.Participants.Added(people.Function);
        conversation.ChatService.Messages.Added(messages.Function);
        Assert.Equal(["alice", "bob"], ((string[])[NameOf(people.First()), NameOf(people.First())]).Order());
        var his = (IComImConversation)bob.ConversationsManager.Conversations.get_Item(0)!;
        his.ChatService.SendMessage("from bob").Wait(Patience);
        var message = (IComImMessage)messages.First()!;
        Assert.Equal(("from bob", "bob", "Incoming"), (message.Text, (string)message.Sender.DisplayName.Value!, message.Direction));
    }

    [Fact]
    public void A_group_from_the_start_takes_people_and_a_leader_removes_them()
    {
        var alice = _people.SignIn("alice");
        _people.SignIn("bob");
        _people.SignIn("carol");
        var conversation = alice.ConversationsManager.CreateConversation();
        Calls added = new(), removed = new();
        conversation.Participants.Added(added.Function);
        conversation.Participants.Removed(removed.Function);
        Assert.Equal((true, 0), (conversation.IsGroupConversation.Value, conversation.Participants.Count));
        conversation.Participants.Add(alice.PersonsAndGroupsManager.GetPerson("bob@example.com")).Wait(Patience);
        conversation.Participants.Add(conversation.CreateParticipant("carol@example.com")).Wait(Patience);
        Assert.Equal(["bob", "carol"], [NameOf(added.First()), NameOf(added.First())]);
        var topic = new Calls();
        conversation.Topic.When("lunch", topic.Function);
        conversation.Topic.Set("lunch").Wait(Patience);
        Assert.Equal("lunch", topic.First());
        conversation.Participants.Remove(0).Wait(Patience);
        Assert.Equal("bob", NameOf(removed.First()));
        Assert.Equal(1, conversation.Participants.Count);
        conversation.Leave().Wait(Patience);
        Assert.Equal("Disconnected", conversation.State.Value);
    }

    [Fact]
    public void Somebody_unknown_rejects_the_promise_and_the_chat_goes_on()
    {
        var alice = _people.SignIn("alice");
        var bob = _people.SignIn("bob");
        var conversation = alice.ConversationsManager.GetConversation(People.AddressOf("bob"));
        conversation.ChatService.Start().Wait(Patience);
        var failed = new Calls();
        conversation.Participants.Add("nobody@example.com").Then(null, failed.Function);
        Assert.Equal(404, ((IComImError)failed.First()!).StatusCode);
        conversation.ChatService.SendMessage("still here").Wait(Patience);
        Assert.Equal("still here", bob.WaitForMessage(Patience)!.Text);
        Assert.Equal("Connected", conversation.State.Value);
    }

    private static string NameOf(object? participant) => (string)((IComImParticipant)participant!).DisplayName.Value!;

    private static string TextOf(object? message) => ((IComImMessage)message!).Text;
}
