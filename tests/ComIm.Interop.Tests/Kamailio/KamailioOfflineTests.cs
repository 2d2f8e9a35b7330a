using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.Interop.Tests.Table;
using ComIm.TestKit;

namespace ComIm.Interop.Tests.Kamailio;

/// <summary>Messages to somebody who is away: Kamailio keeps them (msilo), and hands them over with a Date header when he signs in.</summary>
public sealed class KamailioOfflineTests
{
    private const int Count = 12;
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    [SkippableTheory]
    [InlineData(ImTransport.Udp)]
    [InlineData(ImTransport.Tcp)]
    [InlineData(ImTransport.Tls)]
    public async Task Messages_WhileAway_AreShownOnceInOrderAndAsSentEarlier(ImTransport transport)
    {
        Skip.IfNot(Requires.Kamailio(out var reason), reason);
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("127.0.0.1", KamailioServer.Domain);
        await using var server = await KamailioServer.StartAsync(new KamailioOptions { KeepsMessages = true, Certificate = certificate });
        await using var client = new ImClient();
        var alice = await client.SignInAsync(SettingsOf("alice")).WaitAsync(Guard);
        var sentAt = TimeProvider.System.GetUtcNow();
        var texts = Enumerable.Range(0, Count).Select(i => $"while you were away {i} ☕").ToList();
        foreach (var text in texts)
        {
            var sent = await alice.SendAsync("sip:bob@example.com", text).WaitAsync(Guard);
            Assert.Equal((MessageStatus.Accepted, 202), (sent.Status, sent.StatusCode));
        }

        // He comes back five minutes later.
        await using (var later = new ImClient(new ImClientOptions { TimeProvider = new ShiftedTimeProvider(TimeSpan.FromMinutes(5)) }))
        {
            var bob = await later.SignInAsync(SettingsOf("bob")).WaitAsync(Guard);
            await using var received = bob.ReceiveAsync().GetAsyncEnumerator();
            foreach (var text in texts)
            {
                Assert.True(await received.MoveNextAsync().AsTask().WaitAsync(Guard));
                Assert.Equal((text, "sip:alice@example.com", true), (received.Current.Text, received.Current.From, received.Current.IsDelayed));
                Assert.InRange(received.Current.Timestamp, sentAt.AddSeconds(-1), TimeProvider.System.GetUtcNow());
            }

            Assert.True((await alice.SendAsync("sip:bob@example.com", "now that you are here").WaitAsync(Guard)).StatusCode == 200);
            Assert.True(await received.MoveNextAsync().AsTask().WaitAsync(Guard));
            Assert.Equal(("now that you are here", false), (received.Current.Text, received.Current.IsDelayed));
            await bob.SignOutAsync().WaitAsync(Guard);
        }

        // Nothing of it is kept any longer: who comes back once more is handed only what has come since.
        await alice.SendAsync("sip:bob@example.com", "and once more").WaitAsync(Guard);
        await using var again = new ImClient();
        var bobAgain = await again.SignInAsync(SettingsOf("bob")).WaitAsync(Guard);
        await using var rest = bobAgain.ReceiveAsync().GetAsyncEnumerator();
        Assert.True(await rest.MoveNextAsync().AsTask().WaitAsync(Guard));
        Assert.Equal("and once more", rest.Current.Text);
        Assert.Single(bobAgain.GetConversation("sip:alice@example.com").Messages);
        InteropTable.Record(Peer.Kamailio, Capability.Offline, "kept: 202, shown once, in order, as sent earlier");

        ImAccountSettings SettingsOf(string user) => new()
        {
            Address = $"sip:{user}@{KamailioServer.Domain}",
            Password = server.Passwords[user],
            Server = (transport == ImTransport.Tls ? server.TlsEndPoint! : server.EndPoint).ToString(),
            Transport = transport,
            TrustedRoots = authority.Roots,
        };
    }
}
