using ComIm.Server.Storage;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;
using ComIm.TestKit;

namespace ComIm.Server.Tests.Storage;

public sealed class OfflineMessageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("comim-store-");

    private MessageStoreOptions Store => new() { Path = Path.Combine(_folder.FullName, "messages.db") };

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(SipTransportKind.Udp)]
    [InlineData(SipTransportKind.Tcp)]
    public async Task Messages_WhileAway_ComInOrderAtTheRegistrationWithTheirDates(SipTransportKind kind)
    {
        await using var server = await TestDomain.StartAsync(o => o with { Store = Store });
        await using var alice = new TestUser("alice", server.LocalEndPoint, kind);
        var callIds = new List<string>();
        for (var i = 0; i < 70; i++)
        {
            var request = alice.CreateMessage("sip:bob@example.com", $"text {i}");
            callIds.Add(request.CallId!);
            Assert.Equal(202, (await alice.SendAsync(request)).StatusCode);
        }

        Assert.Equal(70, server.WaitingMessages);
        await using var bob = await new TestUser("bob", server.LocalEndPoint, kind).RegisteredAsync();
        for (var i = 0; i < 70; i++)
        {
            var request = (await bob.NextAsync()).Request;
            Assert.Equal(($"text {i}", callIds[i]), (request.BodyText, request.CallId));
            Assert.Equal("sip:alice@example.com", request.From!.UriText);
            Assert.True(request.Headers.Contains(HeaderId.Date));
            Assert.False(request.Headers.Contains(HeaderId.ProxyAuthorization));
        }

        await Eventually(() => server.WaitingMessages == 0);
    }

    [Fact]
    public async Task Device_ThatHasVanished_HoldsNothingUp()
    {
        await using var server = await TestDomain.StartAsync(o => o with { Store = Store });
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        foreach (var text in new[] { "one", "two", "three" })
        {
            await alice.SendAsync(alice.CreateMessage("sip:bob@example.com", text));
        }

        await using var bob = new TestUser("bob", server.LocalEndPoint)
        {
            Answer = t =>
            {
                if (t.Request.RequestUri!.User == "bob")
                {
                    t.Respond(200);
                }

                return Task.CompletedTask;
            },
        };
        await bob.SendAsync(bob.CreateRegister(contact: $"{bob.Contact}, <sip:vanished@{bob.Local}>"));

        // Each would have waited for the time-out of the other device, 32 s.
        await Eventually(() => server.WaitingMessages == 0);
    }

    [Fact]
    public async Task Message_NotAnswered_IsKeptForTheNextRegistration()
    {
        await using var server = await TestDomain.StartAsync(o => o with { Store = Store });
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        await alice.SendAsync(alice.CreateMessage("sip:bob@example.com", "hello"));
        await using var bob = await new TestUser("bob", server.LocalEndPoint)
        {
            Answer = t =>
            {
                t.Respond(480);
                return Task.CompletedTask;
            },
        }.RegisteredAsync();
        await bob.NextAsync();
        Assert.Equal(1, server.WaitingMessages);
        bob.Answer = t =>
        {
            t.Respond(200);
            return Task.CompletedTask;
        };
        await bob.SendAsync(bob.CreateRegister());
        Assert.Equal("hello", (await bob.NextAsync()).Request.BodyText);
        await Eventually(() => server.WaitingMessages == 0);
    }

    [Fact]
    public async Task Message_RefusedForGood_DoesNotHoldUpTheNext()
    {
        await using var server = await TestDomain.StartAsync(o => o with { Store = Store });
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        await alice.SendAsync(alice.CreateMessage("sip:bob@example.com", "first"));
        await alice.SendAsync(alice.CreateMessage("sip:bob@example.com", "second"));
        await using var bob = await new TestUser("bob", server.LocalEndPoint)
        {
            Answer = t =>
            {
                t.Respond(t.Request.BodyText == "first" ? 415 : 200);
                return Task.CompletedTask;
            },
        }.RegisteredAsync();
        Assert.Equal("first", (await bob.NextAsync()).Request.BodyText);
        Assert.Equal("second", (await bob.NextAsync()).Request.BodyText);
        await Eventually(() => server.WaitingMessages == 0);
    }

    [Fact]
    public async Task Message_SentAgainAsANewRequest_IsStoredOnce()
    {
        await using var server = await TestDomain.StartAsync(o => o with { Store = Store, RequiresAuthentication = false });
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        var request = alice.CreateMessage("sip:bob@example.com", "hello");
        Assert.Equal(202, (await alice.SendRawAsync(request.Copy())).StatusCode);
        Assert.Equal(202, (await alice.SendRawAsync(request.Copy())).StatusCode);
        Assert.Equal(1, server.WaitingMessages);
    }

    [Fact]
    public async Task Messages_OfAStoppedServer_AreThereAfterItsStart()
    {
        await using (var server = await TestDomain.StartAsync(o => o with { Store = Store }))
        {
            await using var alice = new TestUser("alice", server.LocalEndPoint);
            await alice.SendAsync(alice.CreateMessage("sip:bob@example.com", "hello"));
        }

        await using var again = await TestDomain.StartAsync(o => o with { Store = Store });
        Assert.Equal(1, again.WaitingMessages);
        await using var bob = await new TestUser("bob", again.LocalEndPoint).RegisteredAsync();
        Assert.Equal("hello", (await bob.NextAsync()).Request.BodyText);
    }

    [Theory]
    [InlineData(1, 100, 100_000, 503)]
    [InlineData(100, 1, 100_000, 503)]
    [InlineData(100, 100, 100, 413)]
    public async Task Message_BeyondABound_IsRefused(int perUser, int total, int bytes, int expected)
    {
        var store = Store with { MaxPerUser = perUser, MaxTotal = total, MaxBytes = bytes };
        await using var server = await TestDomain.StartAsync(o => o with { Store = store });
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        await alice.SendAsync(alice.CreateMessage("sip:bob@example.com", "one"));
        var response = await alice.SendAsync(alice.CreateMessage("sip:bob@example.com", "two"));
        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected == 503, response.Headers.Contains(HeaderId.RetryAfter));
    }

    [Fact]
    public async Task Message_ItsTimeGoesBy_IsForgotten()
    {
        var clock = new ManualTimeProvider();
        await using var server = await TestDomain.StartAsync(o => o with { Store = Store, TimeProvider = clock });
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        var request = alice.CreateMessage("sip:bob@example.com", "meet me now");
        request.Headers.Add(HeaderId.Expires, "600");
        await alice.SendAsync(request);
        clock.Advance(TimeSpan.FromHours(2));
        await Eventually(() => server.WaitingMessages == 0);
    }

    [Fact]
    public async Task Store_ManyAtOnce_KeepsTheBoundAndTheOrderOfEach()
    {
        using var store = await MessageStore.OpenAsync(Store with { MaxPerUser = 500, MaxPerSender = 500 }, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        var verdicts = await Task.WhenAll(Enumerable.Range(0, 600).Select(i =>
            store.AddAsync("bob", "alice", $"key {i}", DateTimeOffset.MaxValue, BitConverter.GetBytes(i))));
        Assert.Equal((500, 100), (verdicts.Count(v => v == StoreVerdict.Stored), verdicts.Count(v => v == StoreVerdict.UserFull)));
        var read = await store.ReadAsync("bob", 0, 1000);
        Assert.Equal(Enumerable.Range(0, 500), read.Select(m => BitConverter.ToInt32(m.Request.Span)));
        await Task.WhenAll(read.Select(m => store.DeleteAsync("bob", m)));
        Assert.Equal((0, false), (store.Count, store.Has("bob")));
    }

    [Fact]
    public async Task Start_WithAFileThatIsNoDatabase_SaysSo()
    {
        await File.WriteAllTextAsync(Store.Path, new string('x', 5000));
        await Assert.ThrowsAsync<IOException>(() => TestDomain.StartAsync(o => o with { Store = Store }));
    }

    // The count goes down when the deletion is on the disk, a moment after the answer.
    private static async Task Eventually(Func<bool> condition)
    {
        using var guard = new CancellationTokenSource(TestDomain.Guard);
        while (!condition())
        {
            guard.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
