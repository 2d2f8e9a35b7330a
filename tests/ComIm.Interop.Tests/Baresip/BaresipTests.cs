using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Sip.Authentication;
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
    public async Task Texts_BothWays_ArriveAsTheyAre(ImTransport transport)
    {
        Skip.IfNot(BaresipPeer.IsInstalled(out var reason), reason);
        await using var server = await ServeAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice", transport));
        await using var received = alice.ReceiveAsync().GetAsyncEnumerator();
        await using var bob = await StartAsync(server, transport);
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

        await toBob.SendTypingAsync().WaitAsync(Guard);
        var starting = toBob.StartAsync();
        var sending = toBob.SendAsync("written while the session was tried");
        Assert.Equal(ImError.NotAccepted, (await Assert.ThrowsAsync<ImException>(() => starting.WaitAsync(Guard))).Error);
        Assert.Equal(MessageStatus.Delivered, (await sending.WaitAsync(Guard)).Status);
        await bob.UntilAsync("written while the session was tried");
        Assert.Equal(ConversationState.Idle, toBob.State);
        var picture = await Assert.ThrowsAsync<MessageDeliveryException>(
            () => toBob.SendAsync(MessageContent.Of("image/png", new byte[10])).WaitAsync(Guard));
        Assert.Equal((ImError.NotAccepted, 415), (picture.Error, picture.StatusCode));
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
    }

    // It looks at the first challenge alone, and knows MD5 alone.
    private static Task<TestServer> ServeAsync() => TestServer.StartAsync(digest: new DigestVerifierOptions { Algorithms = [DigestAlgorithm.Md5] });

    private static Task<BaresipPeer> StartAsync(TestServer server, ImTransport transport) =>
        BaresipPeer.StartAsync("bob", TestServer.Domain, server.Server.LocalEndPoint, transport == ImTransport.Udp ? "udp" : "tcp");
}
