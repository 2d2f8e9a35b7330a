using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Sip.Authentication;
using ComIm.Client.Presence;
using ComIm.Interop.Tests.Table;
using ComIm.TestKit;

namespace ComIm.Interop.Tests.Baresip;

/// <summary>Pager mode with baresip: it takes plain text alone, and refuses envelopes, receipts, typing, HTML and sessions.</summary>
public sealed class BaresipTests
{
    private const string Bob = "sip:bob@example.com";
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    [SkippableTheory]
    [InlineData(ImTransport.Udp)]
    [InlineData(ImTransport.Tcp)]
    [InlineData(ImTransport.Tls)]
    public async Task Texts_BothWays_ArriveAsTheyAre(ImTransport transport)
    {
        Skip.IfNot(BaresipPeer.IsInstalled(out var reason), reason);
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("127.0.0.1", TestServer.Domain);
        await using var server = await ServeAsync(certificate);
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice", transport) with { TrustedRoots = authority.Roots });
        await using var received = alice.ReceiveAsync().GetAsyncEnumerator();
        await using var bob = await StartAsync(server, transport, authority.Roots);

        // Longer ones arrive, but its console cuts what it shows.
        foreach (var text in new[] { "hello", "žluťoučký kůň 🐎 عربى", new string('x', 400) })
        {
            Assert.Equal(MessageStatus.Delivered, (await alice.SendAsync(Bob, text).WaitAsync(Guard)).Status);
            await bob.UntilAsync($"sip:alice@example.com: \"{text}\"");
        }

        foreach (var text in new[] { "hello yourself", "kůň 🐎" })
        {
            await bob.SayAsync(text);
            Assert.True(await received.MoveNextAsync().AsTask().WaitAsync(Guard));
            Assert.Equal((text, "sip:bob@example.com"), (received.Current.Text, received.Current.From));
        }

        See(Enum.Parse<Capability>(transport.ToString()));
        See(Capability.PagerTo);
        See(Capability.PagerFrom);
    }

    [SkippableFact]
    public async Task WhatItDoesNotTake_IsPutPlainly()
    {
        Skip.IfNot(BaresipPeer.IsInstalled(out var reason), reason);
        await using var server = await ServeAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice"));
        await using var bob = await StartAsync(server, ImTransport.Udp);
        var toBob = alice.GetConversation(Bob);
        var rich = await toBob.SendAsync(MessageContent.Html("<b>disk</b> full"), new SendOptions { RequestReceipts = true }).WaitAsync(Guard);
        Assert.Equal(MessageStatus.Delivered, rich.Status);
        await bob.UntilAsync("sip:alice@example.com: \"disk full\"");
        See(Capability.Html, "as plain text");

        await toBob.SendTypingAsync().WaitAsync(Guard);
        var starting = toBob.StartAsync();
        var sending = toBob.SendAsync("written while the session was tried");
        var refusal = await Assert.ThrowsAsync<ImException>(() => starting.WaitAsync(Guard));
        Assert.Equal((ImError.NotAccepted, 488), (refusal.Error, refusal.StatusCode));
        Assert.Equal(MessageStatus.Delivered, (await sending.WaitAsync(Guard)).Status);
        await bob.UntilAsync("written while the session was tried");
        Assert.Equal(ConversationState.Idle, toBob.State);
        var picture = await Assert.ThrowsAsync<MessageDeliveryException>(
            () => toBob.SendAsync(MessageContent.Of("image/png", new byte[10])).WaitAsync(Guard));
        Assert.Equal((ImError.NotAccepted, 415), (picture.Error, picture.StatusCode));
        See(Capability.SessionTo, $"refuses: {refusal.StatusCode}");
        See(Capability.OtherContent, $"refuses: {picture.StatusCode}");
    }

    [SkippableFact]
    public async Task Presence_BothWaysWithoutAnAgent_IsSeen()
    {
        Skip.IfNot(BaresipPeer.IsInstalled(out var reason), reason);
        Skip.IfNot(Requires.Kamailio(out reason), reason);

        // Each asks the other's device. What baresip publishes at an agent it publishes twice, and forgets the first.
        await using var server = await KamailioServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(new ImAccountSettings
        {
            Address = "sip:alice@example.com",
            Password = server.Passwords["alice"],
            Server = server.EndPoint.ToString(),
            Transport = ImTransport.Udp,
        });
        await using var bob = await BaresipPeer.StartAsync("bob", KamailioServer.Domain, server.EndPoint, "udp", hasPresence: true);
        await alice.Presence.PublishAsync(PresenceAvailability.Busy).WaitAsync(Guard);
        await bob.UntilContactIsAsync("Busy");
        await alice.Presence.PublishAsync(PresenceAvailability.Online).WaitAsync(Guard);
        await bob.UntilContactIsAsync("Online");
        See(Capability.PresenceTo);

        using var seen = alice.Presence.Watch(Bob);
        var changes = Channel.CreateUnbounded<PresenceAvailability>();
        seen.Changed += (_, _) => changes.Writer.TryWrite(seen.Availability);
        changes.Writer.TryWrite(seen.Availability);

        // Its basic status is "?" until it is told one.
        await bob.DoAsync("presence_online");
        await UntilAsync(PresenceAvailability.Online);
        await bob.DoAsync("presence_offline");
        await UntilAsync(PresenceAvailability.Offline);
        See(Capability.PresenceFrom);

        async Task UntilAsync(PresenceAvailability availability)
        {
            while (await changes.Reader.ReadAsync().AsTask().WaitAsync(Guard) != availability)
            {
            }
        }
    }

    [SkippableFact]
    public async Task Conference_ItKnowsNothingOf_IsRefusedClearlyAndTheChatGoesOn()
    {
        Skip.IfNot(BaresipPeer.IsInstalled(out var reason), reason);
        await using var server = await ServeAsync();
        await using var client = new ImClient();
        await using var another = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice"));
        var carol = await another.SignInAsync(server.SettingsOf("carol"));
        await using var received = alice.ReceiveAsync().GetAsyncEnumerator();
        await using var bob = await StartAsync(server, ImTransport.Udp);
        var toBob = alice.GetConversation(Bob);
        Assert.Equal(MessageStatus.Delivered, (await toBob.SendAsync("before").WaitAsync(Guard)).Status);
        await bob.UntilAsync("sip:alice@example.com: \"before\"");

        var refusal = await Assert.ThrowsAsync<ImException>(() => toBob.AddParticipantAsync(carol.Address).WaitAsync(Guard));

        Assert.Equal(ImError.NotAccepted, refusal.Error);
        Assert.False(toBob.IsConference);
        Assert.Equal((0, 0), (server.Server.RoomCount, carol.Conversations.Count));
        Assert.Equal(MessageStatus.Delivered, (await toBob.SendAsync("still here").WaitAsync(Guard)).Status);
        await bob.UntilAsync("sip:alice@example.com: \"still here\"");
        await bob.SayAsync("me too");
        Assert.True(await received.MoveNextAsync().AsTask().WaitAsync(Guard));
        Assert.Equal("me too", received.Current.Text);
        See(Capability.Conference, $"refuses: {refusal.StatusCode}, the chat goes on");
    }

    private static void See(Capability capability, string verdict = InteropTable.Yes) => InteropTable.Record(Peer.Baresip, capability, verdict);

    // It looks at the first challenge alone, and knows MD5 alone.
    private static Task<TestServer> ServeAsync(X509Certificate2? certificate = null) =>
        TestServer.StartAsync(certificate: certificate, digest: new DigestVerifierOptions { Algorithms = [DigestAlgorithm.Md5] });

    private static Task<BaresipPeer> StartAsync(TestServer server, ImTransport transport, X509Certificate2Collection? roots = null)
    {
        var place = transport == ImTransport.Tls ? server.Server.TlsEndPoint! : server.Server.LocalEndPoint;
        return BaresipPeer.StartAsync("bob", TestServer.Domain, place, transport.ToString().ToLowerInvariant(), roots);
    }
}
