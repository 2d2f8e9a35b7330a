using Xunit.Abstractions;

namespace ComIm.Faults.Tests.Chats;

/// <summary>What several people write in a room, and what each of them has read of the others.</summary>
internal sealed class RoomTalk(params Speaker[] speakers)
{
    /// <summary>How many messages have failed.</summary>
    public int Failed => speakers.Sum(s => s.Said.Failed);

    /// <summary>Each writes so many more without waiting.</summary>
    /// <param name="count">How many.</param>
    /// <param name="absent">Who may be out of the room meanwhile; null for nobody.</param>
    public void Write(int count, string? absent = null)
    {
        foreach (var speaker in speakers)
        {
            speaker.Said.Write(count, absent);
        }
    }

    /// <summary>Each writes one that must be taken.</summary>
    public Task WriteAsync() => Task.WhenAll(speakers.Select(s => s.Said.WriteAsync()));

    /// <summary>Waits for the end of every message.</summary>
    public Task SettleAsync() => Task.WhenAll(speakers.Select(s => s.Said.SettleAsync()));

    /// <summary>Waits until all see all others.</summary>
    public Task UntilTogetherAsync() => Rosters.UntilSameAsync([.. speakers.Select(s => s.Room)]);

    /// <summary>
    /// Compares what was written with what was read: once, in the room and nowhere else, and what was written before the last word of
    /// everybody, which must be taken and read, cannot come any more.
    /// </summary>
    public async Task CheckAsync()
    {
        await WriteAsync();
        foreach (var (said, reader) in Pairs())
        {
            await said.UntilReadAsync(reader.Room, reader.Person.Name);
        }

        await UntilTogetherAsync();
        foreach (var (said, reader) in Pairs())
        {
            said.Check(reader.Room, reader.Person.Name);
            Assert.All(reader.Person.Account.Conversations.Where(c => c != reader.Room), c => Assert.Empty(said.ReadIn(c)));
        }
    }

    /// <summary>Prints the figures.</summary>
    public void Print(ITestOutputHelper output, string network)
    {
        output.WriteLine($"{network}, {speakers.Sum(s => s.Said.Delivered)} taken, {Failed} failed");
        speakers.SelectMany(s => s.Said.Causes).ToList().ForEach(output.WriteLine);
    }

    private IEnumerable<(Ledger Said, Speaker Reader)> Pairs() =>
        from writer in speakers from reader in speakers where writer != reader select (writer.Said, reader);
}
