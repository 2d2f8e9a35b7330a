using ComIm.Client.Messaging;
using ComIm.Server.Storage;
using ComIm.TestKit;

namespace ComIm.Client.Tests;

/// <summary>What has been kept for somebody who was away shows when it was sent, now and in the history.</summary>
public sealed class DelayedMessageTests : IDisposable
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("comim-delayed-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Message_KeptByTheServer_IsDatedAndMarked_AlsoInTheHistory()
    {
        await using var server = await TestServer.StartAsync(store: new MessageStoreOptions { Path = Path.Combine(_folder.FullName, "messages.db") });
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice"));
        var before = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        Assert.Equal(202, (await alice.SendAsync("sip:bob@example.com", "while you were away").WaitAsync(Guard)).StatusCode);
        var after = TimeProvider.System.GetUtcNow();

        // He comes back an hour later.
        var later = new ImClientOptions
        {
            TimeProvider = new ShiftedTimeProvider(TimeSpan.FromHours(1)),
            DataDirectory = Path.Combine(_folder.FullName, "data"),
            KeepHistory = true,
        };
        await using (var bobs = new ImClient(later))
        {
            var bob = await bobs.SignInAsync(server.SettingsOf("bob"));
            await using var received = bob.ReceiveAsync().GetAsyncEnumerator();
            Assert.True(await received.MoveNextAsync().AsTask().WaitAsync(Guard));
            AssertDelayed(received.Current);
            await alice.SendAsync("sip:bob@example.com", "now").WaitAsync(Guard);
            Assert.True(await received.MoveNextAsync().AsTask().WaitAsync(Guard));
            Assert.False(received.Current.IsDelayed);
            Assert.True(received.Current.Timestamp > after);
        }

        await using var again = new ImClient(later);
        var kept = (await again.SignInAsync(server.SettingsOf("bob"))).History.Read("sip:alice@example.com");
        Assert.Equal([("while you were away", true), ("now", false)], kept.Select(m => (m.Text, m.IsDelayed)));
        AssertDelayed(kept[0]);

        void AssertDelayed(ChatMessage message)
        {
            Assert.Equal(("while you were away", true), (message.Text, message.IsDelayed));
            Assert.InRange(message.Timestamp, before, after);
        }
    }
}
