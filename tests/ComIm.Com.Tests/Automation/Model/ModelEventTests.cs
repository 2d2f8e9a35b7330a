using System.Collections.Concurrent;
using System.Runtime.InteropServices.ComTypes;
using ComIm.Com.Automation;
using ComIm.Com.Automation.Model;

namespace ComIm.Com.Tests.Automation.Model;

/// <summary>What listeners hear of conversations comes to the sinks of both connection points, too.</summary>
public sealed class ModelEventTests : IAsyncLifetime
{
    private const int Patience = 90_000;

    private People _people = null!;

    public async Task InitializeAsync() => _people = await People.StartAsync();

    public Task DisposeAsync() => _people.DisposeAsync().AsTask();

    [Fact]
    public void An_application_tells_of_all_its_conversations()
    {
        var alice = _people.SignIn("alice");
        var bob = _people.SignIn("bob");
        var sink = new ApplicationSink();
        bob.Sink = sink;
        var conversation = alice.ConversationsManager.GetConversation(People.AddressOf("bob"));
        conversation.ChatService.Start().Wait(Patience);
        conversation.ChatService.SendIsTyping().Wait(Patience);
        conversation.ChatService.SendMessage("hello").Wait(Patience);
        conversation.Leave().Wait(Patience);
        sink.Until("state Disconnected");
        foreach (var seen in (string[])["conversation", "participant alice", "state Connected", "typing alice True", "message hello", "received hello"])
        {
            Assert.Contains(seen, sink.Seen);
        }

        // The conversation is known before anything of it.
        Assert.Equal("conversation", sink.Seen[0]);
    }

    [Fact]
    public void A_conversation_tells_of_itself()
    {
        var alice = _people.SignIn("alice");
        _people.SignIn("bob");
        var conversation = alice.ConversationsManager.GetConversation(People.AddressOf("bob"));
        var sink = new ConversationSink();
        var id = typeof(IComImConversationEvents).GUID;
        ((IConnectionPointContainer)conversation).FindConnectionPoint(ref id, out var point);
        point!.Advise(sink, out var cookie);
        conversation.ChatService.Start().Wait(Patience);
        conversation.ChatService.SendMessage("hello").Wait(Patience);
        conversation.Leave().Wait(Patience);
        sink.Until("state Disconnected Terminated Connected");
        Assert.Contains("state Connected  Connecting", sink.Seen);
        Assert.Contains("participant bob Connected", sink.Seen);
        Assert.Contains("message hello", sink.Seen);
        Assert.Contains("status of hello Delivered", sink.Seen);
        point.Unadvise(cookie);
    }

    [Fact]
    public void An_application_tells_of_people()
    {
        var alice = _people.SignIn("alice");
        var sink = new ApplicationSink();
        alice.Sink = sink;
        var persons = alice.PersonsAndGroupsManager.All.Persons;
        var bob = (IComImPerson)persons.Add("bob@example.com").Wait(Patience)!;
        sink.Until("contact bob");
        var following = bob.Status.Subscribe();
        sink.Until("bob is Offline");
        _people.SignIn("bob");
        sink.Until("bob is Online");
        following.Dispose();
        persons.Remove(bob).Wait(Patience);
        sink.Until("no contact bob");
    }

    private abstract class Recorder
    {
        private readonly BlockingCollection<string> _events = [];

        public List<string> Seen { get; } = [];

        public void Until(string last)
        {
            do
            {
                Seen.Add(_events.TryTake(out var item, Patience) ? item : throw new TimeoutException("After " + string.Join(", ", Seen)));
            }
            while (Seen[^1] != last);
        }

        protected void Add(string item) => _events.Add(item);

        protected static object? NameOf(object participant) => ((IComImParticipant)participant).DisplayName.Value;
    }

    private sealed class ApplicationSink : Recorder, IComImEvents
    {
        public void OnMessageReceived(object message) => Add("received " + ((IComImMessage)message).Text);

        public void OnStateChanged(string state) => Add("account " + state);

        public void OnConversationAdded(object conversation) => Add("conversation");

        public void OnConversationStateChanged(object conversation, string state, string reason, string oldState) => Add("state " + state);

        public void OnParticipantAdded(object conversation, object participant) => Add("participant " + NameOf(participant));

        public void OnParticipantRemoved(object conversation, object participant) => Add("gone " + NameOf(participant));

        public void OnMessageAdded(object conversation, object message) => Add("message " + ((IComImMessage)message).Text);

        public void OnTypingChanged(object conversation, object participant, bool isTyping) => Add($"typing {NameOf(participant)} {isTyping}");

        public void OnMessageStatusChanged(object conversation, object message, string status) =>
            Add($"status of {((IComImMessage)message).Text} {status}");

        public void OnPresenceChanged(object person, string status) => Add($"{((IComImPerson)person).DisplayName.Value} is {status}");

        public void OnContactAdded(object person) => Add("contact " + ((IComImPerson)person).DisplayName.Value);

        public void OnContactRemoved(object person) => Add("no contact " + ((IComImPerson)person).DisplayName.Value);
    }

    private sealed class ConversationSink : Recorder, IComImConversationEvents
    {
        public void OnMessageAdded(object message) => Add("message " + ((IComImMessage)message).Text);

        public void OnStateChanged(string state, string reason, string oldState) => Add($"state {state} {reason} {oldState}");

        public void OnParticipantAdded(object participant) => Add("added " + NameOf(participant));

        public void OnParticipantRemoved(object participant) => Add("removed " + NameOf(participant));

        public void OnParticipantStateChanged(object participant, string state) => Add($"participant {NameOf(participant)} {state}");

        public void OnTypingChanged(object participant, bool isTyping) => Add($"typing {NameOf(participant)} {isTyping}");

        public void OnMessageStatusChanged(object message, string status) => Add($"status of {((IComImMessage)message).Text} {status}");
    }
}
