using System.Threading.Channels;
using ComIm.Client.Conferencing;
using ComIm.Client.Conversations;

namespace ComIm.Faults.Tests.Chats;

/// <summary>Who is in a room, as each who is in it sees it.</summary>
internal static class Rosters
{
    /// <summary>Waits until everybody sees the same people, all of them there, and one leader.</summary>
    /// <param name="room">The conversation of each.</param>
    public static async Task UntilSameAsync(params Conversation[] room)
    {
        var changes = Channel.CreateUnbounded<bool>();
        void OnChanged<T>(object? sender, T e) => changes.Writer.TryWrite(true);
        foreach (var conversation in room)
        {
            conversation.ParticipantAdded += OnChanged;
            conversation.ParticipantRemoved += OnChanged;
            conversation.ParticipantChanged += OnChanged;
            conversation.StateChanged += OnChanged;
        }

        while (!IsSame(room))
        {
            var change = await Record.ExceptionAsync(() => changes.Reader.ReadAsync().AsTask().WaitAsync(Ledger.ShortGuard));
            Assert.True(change is null, string.Join("; ", room.Select(c => $"{c.Self.Address}, {c.State}: {string.Join(", ", Of(c))}")));
        }

        foreach (var conversation in room)
        {
            conversation.ParticipantAdded -= OnChanged;
            conversation.ParticipantRemoved -= OnChanged;
            conversation.ParticipantChanged -= OnChanged;
            conversation.StateChanged -= OnChanged;
        }
    }

    private static bool IsSame(Conversation[] room)
    {
        var expected = Of(room[0]);
        return room.All(c => c.State == ConversationState.Connected && Of(c).SequenceEqual(expected))
            && expected.Count == room.Length
            && expected.All(p => p.State == ParticipantState.Connected)
            && expected.Count(p => p.Role == ParticipantRole.Leader) == 1;
    }

    private static List<(string Address, ParticipantState State, ParticipantRole Role)> Of(Conversation conversation) =>
        [.. conversation.Participants.Append(conversation.Self).Select(p => (p.Address, p.State, p.Role)).OrderBy(p => p.Address, StringComparer.Ordinal)];
}
