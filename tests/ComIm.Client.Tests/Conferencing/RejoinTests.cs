using System.Threading.Channels;
using ComIm.Client.Accounts;
using ComIm.Client.Conferencing;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Server.Conferencing;
using ComIm.Sip.Transport;

namespace ComIm.Client.Tests.Conferencing;

[Collection(VirtualTime.Name)]
public sealed class RejoinTests
{
    /// <summary>What was accepted for bob while he was in the room is his; what was said while he was out, where the room keeps it.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public async Task WhoWasCutOff_ComesBackIntoTheRoom_AndHearsWhatItKept(int history)
    {
        await using var world = await LossyWorld.StartAsync(7, new ConferenceOptions { History = history }, "alice", "bob", "carol");
        var alice = await world.SignInAsync("alice");
        var bob = await world.SignInAsync("bob");
        var carol = await world.SignInAsync("carol");
        var ours = alice.CreateConversation();
        await ours.AddParticipantAsync(bob.Address).WaitAsync(ConferenceUser.Guard);
        await ours.AddParticipantAsync(carol.Address).WaitAsync(ConferenceUser.Guard);
        var theirs = bob.Conversations.Single(c => c.IsConference);
        await ours.SendAsync("first").WaitAsync(ConferenceUser.Guard);
        await UntilHeardAsync(theirs, "first");

        world.Isolate(bob);
        await ours.SendAsync("unheard").WaitAsync(ConferenceUser.Guard);
        await ConferenceUser.UntilThereAsync(ours, "carol");
        await ours.SendAsync("missed").WaitAsync(ConferenceUser.Guard);
        world.Rejoin(bob);
        var joined = ConferenceUser.UntilThereAsync(ours, "bob", "carol");
        await theirs.SendAsync("back").WaitAsync(ConferenceUser.Guard);

        await joined;
        await UntilHeardAsync(ours, "back");
        await ours.SendAsync("last").WaitAsync(ConferenceUser.Guard);
        await UntilHeardAsync(theirs, "last");
        Assert.Equal(history == 0 ? ["first", "unheard", "last"] : ["first", "unheard", "missed", "last"], Heard(theirs));
        Assert.Equal(["back"], Heard(ours));
        Assert.Equal(ParticipantRole.Attendee, theirs.Self.Role);
        Assert.Equal(1, world.Server.RoomCount);
    }

    [Fact]
    public async Task WhoseConnectionBroke_ComesBackWithoutSayingAnything()
    {
        await using var world = await LossyWorld.StartAsync(8, "alice", "bob");
        var (ours, theirs, bob) = await BeginAsync(world);

        world.Isolate(bob);
        await ours.SendAsync("unheard").WaitAsync(ConferenceUser.Guard);
        await ConferenceUser.UntilThereAsync(ours);
        var joined = ConferenceUser.UntilThereAsync(ours, "bob");
        world.Rejoin(bob);

        await joined;
        await ours.SendAsync("heard").WaitAsync(ConferenceUser.Guard);
        await UntilHeardAsync(theirs, "heard");
        Assert.Equal(["unheard", "heard"], Heard(theirs));
    }

    [Fact]
    public async Task WhoGaveUpTheSessionWhileCutOff_ComesBackWithoutSayingAnything()
    {
        await using var world = await LossyWorld.StartAsync(9, "alice", "bob");
        var (ours, theirs, bob) = await BeginAsync(world);

        world.Isolate(bob);
        await ours.SendAsync("unheard").WaitAsync(ConferenceUser.Guard);
        await Assert.ThrowsAsync<MessageDeliveryException>(() => theirs.SendAsync("unsent").WaitAsync(ConferenceUser.Guard));
        await ConferenceUser.UntilAsync(theirs, () => theirs.State == ConversationState.Disconnected);
        var joined = ConferenceUser.UntilAsync(theirs, () => theirs.State == ConversationState.Connected);
        world.Rejoin(bob);

        await joined;
        await UntilHeardAsync(theirs, "unheard");
        Assert.Empty(Heard(ours));
    }

    private static async Task<(Conversation Ours, Conversation Theirs, ImAccount Bob)> BeginAsync(LossyWorld world)
    {
        var alice = await world.SignInAsync("alice");
        var bob = await world.SignInAsync("bob", SipTransportKind.Tcp);
        var ours = alice.CreateConversation();
        await ours.AddParticipantAsync(bob.Address).WaitAsync(ConferenceUser.Guard);
        var theirs = bob.Conversations.Single(c => c.IsConference);
        await ConferenceUser.UntilThereAsync(theirs, "alice");
        return (ours, theirs, bob);
    }

    private static async Task UntilHeardAsync(Conversation conversation, string text)
    {
        var added = Channel.CreateUnbounded<bool>();
        conversation.MessageAdded += (_, _) => added.Writer.TryWrite(true);
        while (!Heard(conversation).Contains(text))
        {
            await added.Reader.ReadAsync().AsTask().WaitAsync(ConferenceUser.Guard);
        }
    }

    private static List<string> Heard(Conversation conversation) =>
        [.. conversation.Messages.Where(m => m.Direction == MessageDirection.Incoming).Select(m => m.Text)];
}
