using System.Threading.Channels;
using ComIm.Client.Accounts;
using ComIm.Client.Conversations;

namespace ComIm.Client.Tests.Conferencing;

[Collection(VirtualTime.Name)]
public sealed class EscalationUnderLossTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(120);
    private const int Rounds = 200;

    [Fact]
    public async Task EscalationsInARow_WhileBothTalkUnderLoss_LoseAndDoubleNothingAndLeaveNoRoom()
    {
        await using var world = await LossyWorld.StartAsync(seed: 6, "alice", "bob", "carol");
        var alice = await world.SignInAsync("alice");
        var bob = await world.SignInAsync("bob");
        var carol = await world.SignInAsync("carol");
        world.Lose(0.05);

        for (var round = 1; round <= Rounds; round++)
        {
            await EscalateAsync(round, alice, bob, carol).WaitAsync(Guard);
            await UntilAsync(world, () => world.Server.RoomCount == 0);
        }

        await UntilAsync(world, () => world.Server.ConferenceDialogs == 0);
        await UntilAsync(world, () => alice.Dialogs.Count + bob.Dialogs.Count + carol.Dialogs.Count == 0);
    }

    // By the clock of that world, which goes on only when nobody has anything to do.
    private static async Task UntilAsync(LossyWorld world, Func<bool> isSo)
    {
        using var guard = new CancellationTokenSource(Guard);
        while (!isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), world.Time, guard.Token);
        }
    }

    private static async Task EscalateAsync(int round, ImAccount alice, ImAccount bob, ImAccount carol)
    {
        var bobs = Next(bob);
        var carols = Next(carol);
        var ours = alice.GetConversation(bob.Address);
        await ours.StartAsync();
        var theirs = await bobs;
        var fromAlice = new Talker(ours, $"{round}-alice");
        var fromBob = new Talker(theirs, $"{round}-bob");
        await Task.WhenAll(fromAlice.Begun, fromBob.Begun);

        await ours.AddParticipantAsync(carol.Address);

        var (aliceBefore, bobBefore) = (fromAlice.Said.Count, fromBob.Said.Count);
        var hers = await carols;
        await ConferenceUser.UntilThereAsync(theirs, "alice", "carol");
        var fromCarol = new Talker(hers, $"{round}-carol");
        await fromCarol.Begun;
        foreach (var talker in new[] { fromAlice, fromBob, fromCarol })
        {
            talker.Stop();
            await talker.Done;
        }

        await HeardAsync(ours, [.. fromBob.Said, .. fromCarol.Said], []);
        await HeardAsync(theirs, [.. fromAlice.Said, .. fromCarol.Said], []);

        // Who came later hears all from then on, and of what was before perhaps the last.
        await HeardAsync(hers, [.. fromAlice.Said.Skip(aliceBefore), .. fromBob.Said.Skip(bobBefore)], [.. fromAlice.Said, .. fromBob.Said]);
        Assert.All(fromAlice.Said.Concat(fromBob.Said), text => Assert.Contains(text, ours.Messages.Select(m => m.Text)));
        await ours.LeaveAsync();
        await theirs.LeaveAsync();
        await hers.LeaveAsync();
    }

    private static Task<Conversation> Next(ImAccount account)
    {
        var next = new TaskCompletionSource<Conversation>(TaskCreationOptions.RunContinuationsAsynchronously);
        account.ConversationAdded += OnAdded;
        return next.Task;

        void OnAdded(object? sender, ConversationEventArgs e)
        {
            account.ConversationAdded -= OnAdded;
            next.TrySetResult(e.Conversation);
        }
    }

    /// <summary>Waits until all that is expected has been heard; nothing twice, nothing else, and of each speaker in order.</summary>
    private static async Task HeardAsync(Conversation conversation, IReadOnlyList<string> expected, IReadOnlyList<string> possible)
    {
        var added = Channel.CreateUnbounded<bool>();
        conversation.MessageAdded += (_, _) => added.Writer.TryWrite(true);
        while (expected.Except(Heard(conversation)).Any())
        {
            await added.Reader.ReadAsync();
        }

        var heard = Heard(conversation);
        Assert.Equal(heard.Distinct(), heard);
        Assert.Empty(heard.Except(expected).Except(possible));
        foreach (var speaker in heard.GroupBy(t => t.Split('-')[1]))
        {
            var numbers = speaker.Select(t => int.Parse(t.Split('-')[2], System.Globalization.CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(numbers.Order(), numbers);
        }
    }

    private static List<string> Heard(Conversation conversation) =>
        [.. conversation.Messages.Where(m => m.Direction == ComIm.Client.Messaging.MessageDirection.Incoming).Select(m => m.Text)];
}
