using ComIm.Server.Storage;
using ComIm.Sip.Messages;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ComIm.Server.Tests.Storage;

/// <summary>Nobody fills another's mailbox alone.</summary>
public sealed class SenderQuotaTests : IDisposable
{
    private static readonly DateTimeOffset Never = DateTimeOffset.MaxValue;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("comim-quota-");

    private MessageStoreOptions Store => new() { Path = Path.Combine(_folder.FullName, "messages.db"), MaxPerUser = 8 };

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(2000, null, 500)]
    [InlineData(8, null, 2)]
    [InlineData(1, null, 1)]
    [InlineData(2000, 3, 3)]
    public void PerSender_UnlessItIsSaid_IsAQuarterOfAMailbox(int perUser, int? perSender, int expected) =>
        Assert.Equal(expected, (Store with { MaxPerUser = perUser, MaxPerSender = perSender }).PerSender);

    [Fact]
    public async Task Message_OfWhoHasTakenHisShare_IsRefusedAndThatOfAnotherStored()
    {
        await using var server = await TestDomain.StartAsync(o => o with { Store = Store });
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        await using var carol = new TestUser("carol", server.LocalEndPoint);
        Assert.Equal(202, (await alice.SendAsync(alice.CreateMessage("sip:bob@example.com", "one"))).StatusCode);
        Assert.Equal(202, (await alice.SendAsync(alice.CreateMessage("sip:bob@example.com", "two"))).StatusCode);

        var refused = await alice.SendAsync(alice.CreateMessage("sip:bob@example.com", "three"));
        Assert.Equal((503, "300"), (refused.StatusCode, refused.Headers.Get(HeaderId.RetryAfter)));

        // Neither others to him, nor she to others, are touched.
        Assert.Equal(202, (await carol.SendAsync(carol.CreateMessage("sip:bob@example.com", "four"))).StatusCode);
        Assert.Equal(202, (await alice.SendAsync(alice.CreateMessage("sip:carol@example.com", "five"))).StatusCode);

        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        foreach (var text in new[] { "one", "two", "four" })
        {
            Assert.Equal(text, (await bob.NextAsync()).Request.BodyText);
        }
    }

    [Fact]
    public async Task Message_AfterTheOthersAreDelivered_IsStoredAgain()
    {
        await using var server = await TestDomain.StartAsync(o => o with { Store = Store with { MaxPerSender = 1 } });
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        Assert.Equal(202, (await alice.SendAsync(alice.CreateMessage("sip:bob@example.com", "one"))).StatusCode);
        Assert.Equal(503, (await alice.SendAsync(alice.CreateMessage("sip:bob@example.com", "two"))).StatusCode);
        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        await bob.NextAsync();

        // The count goes down when the deletion is on the disk, a moment after the answer.
        using var guard = new CancellationTokenSource(TestDomain.Guard);
        while (server.WaitingMessages > 0)
        {
            guard.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Equal(200, (await bob.SendAsync(bob.CreateRegister(0, "*"))).StatusCode);
        Assert.Equal(202, (await alice.SendAsync(alice.CreateMessage("sip:bob@example.com", "three"))).StatusCode);
    }

    [Fact]
    public async Task Share_AcrossARestart_IsRemembered()
    {
        using (var store = await OpenAsync(Store))
        {
            Assert.Equal(StoreVerdict.Stored, await store.AddAsync("bob", "alice", "1", Never, "one"u8.ToArray()));
            Assert.Equal(StoreVerdict.Stored, await store.AddAsync("bob", "alice", "2", Never, "two"u8.ToArray()));
        }

        using var again = await OpenAsync(Store);
        Assert.Equal(StoreVerdict.SenderFull, await again.AddAsync("bob", "alice", "3", Never, "three"u8.ToArray()));
        Assert.Equal(StoreVerdict.Stored, await again.AddAsync("bob", "carol", "4", Never, "four"u8.ToArray()));
    }

    [Fact]
    public async Task Share_OfWhatHasExpired_IsFreeAgain()
    {
        using var store = await OpenAsync(Store with { MaxPerSender = 1 });
        Assert.Equal(StoreVerdict.Stored, await store.AddAsync("bob", "alice", "1", DateTimeOffset.UnixEpoch, "one"u8.ToArray()));
        Assert.Equal(StoreVerdict.SenderFull, await store.AddAsync("bob", "alice", "2", Never, "two"u8.ToArray()));
        Assert.Equal(1, await store.ExpireAsync(DateTimeOffset.UnixEpoch));
        Assert.Equal(StoreVerdict.Stored, await store.AddAsync("bob", "alice", "3", Never, "three"u8.ToArray()));
    }

    [Fact]
    public async Task Share_OfACopyThatIsStoredAlready_IsNotTaken()
    {
        using var store = await OpenAsync(Store);
        for (var copy = 0; copy < 5; copy++)
        {
            Assert.Equal(StoreVerdict.Stored, await store.AddAsync("bob", "alice", "the same", Never, "one"u8.ToArray()));
        }

        Assert.Equal(1, store.Count);
        Assert.Equal(StoreVerdict.Stored, await store.AddAsync("bob", "alice", "another", Never, "two"u8.ToArray()));
    }

    [Fact]
    public async Task Share_OfManyAtOnce_IsKept()
    {
        using var store = await OpenAsync(Store with { MaxPerUser = 500, MaxPerSender = 100 });
        var verdicts = await Task.WhenAll(Enumerable.Range(0, 300).Select(i =>
            store.AddAsync("bob", i % 2 == 0 ? "alice" : "carol", $"{i}", Never, BitConverter.GetBytes(i))));
        Assert.Equal((200, 100), (verdicts.Count(v => v == StoreVerdict.Stored), verdicts.Count(v => v == StoreVerdict.SenderFull)));
        var read = await store.ReadAsync("bob", 0, 1000);
        Assert.Equal((100, 100), (read.Count(m => m.Sender == "alice"), read.Count(m => m.Sender == "carol")));
    }

    [Fact]
    public async Task File_OfBeforeSendersWereKept_IsTakenOver()
    {
        var options = Store with { MaxPerSender = 1 };
        SQLitePCL.Batteries_V2.Init();
        await using (var connection = new SqliteConnection($"Data Source={options.Path};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = """
                CREATE TABLE message (
                    id INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, key TEXT NOT NULL, expires INTEGER NOT NULL, request BLOB NOT NULL);
                INSERT INTO message (user, key, expires, request) VALUES ('bob', '1', 4000000000, x'6f6e65');
                INSERT INTO message (user, key, expires, request) VALUES ('bob', '2', 4000000000, x'74776f');
                """;
            await command.ExecuteNonQueryAsync();
        }

        using var store = await OpenAsync(options);
        Assert.Equal(2, store.Count);
        Assert.Equal(StoreVerdict.Stored, await store.AddAsync("bob", "alice", "3", Never, "three"u8.ToArray()));
        Assert.Equal(StoreVerdict.SenderFull, await store.AddAsync("bob", "alice", "4", Never, "four"u8.ToArray()));
        foreach (var message in await store.ReadAsync("bob", 0, 10))
        {
            await store.DeleteAsync("bob", message);
        }

        Assert.Equal((0, false), (store.Count, store.Has("bob")));
    }

    private static Task<MessageStore> OpenAsync(MessageStoreOptions options) => MessageStore.OpenAsync(options, NullLogger.Instance);
}
