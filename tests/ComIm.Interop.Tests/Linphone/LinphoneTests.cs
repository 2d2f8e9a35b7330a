using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Client.Presence;
using ComIm.Interop.Tests.Table;
using ComIm.TestKit;

namespace ComIm.Interop.Tests.Linphone;

/// <summary>Pager mode with Linphone: it takes no sessions and no HTML, says that it types, and sends receipts unasked.</summary>
public sealed class LinphoneTests
{
    private const string Bob = "sip:bob@example.com";
    private const string FromAlice = "received sip:alice@example.com";
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    [SkippableTheory]
    [InlineData(ImTransport.Udp)]
    [InlineData(ImTransport.Tcp)]
    [InlineData(ImTransport.Tls)]
    public async Task Texts_BothWays_ArriveAsTheyAre(ImTransport transport)
    {
        Skip.IfNot(LinphonePeer.IsInstalled(out var reason), reason);
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("127.0.0.1", "localhost", TestServer.Domain);
        await using var server = await TestServer.StartAsync(certificate: certificate);
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice", transport) with { TrustedRoots = authority.Roots });
        await using var received = alice.ReceiveAsync().GetAsyncEnumerator();
        await using var bob = await StartAsync(server, transport, authority.Roots);
        foreach (var text in new[] { "hello", "žluťoučký kůň 🐎 عربى", new string('x', 3000) })
        {
            Assert.Equal(MessageStatus.Delivered, (await alice.SendAsync(Bob, text).WaitAsync(Guard)).Status);
            await bob.UntilAsync($"{FromAlice} \\S+ {text}");
            await bob.DoAsync($"text sip:alice@example.com {text} to you too");
            Assert.True(await received.MoveNextAsync().AsTask().WaitAsync(Guard));
            Assert.Equal((text + " to you too", "sip:bob@example.com"), (received.Current.Text, received.Current.From));
            await bob.UntilAsync($"state LinphoneChatMessageStateDelivered {text} to you too");
        }

        See(Enum.Parse<Capability>(transport.ToString()));
        See(Capability.PagerTo);
        See(Capability.PagerFrom);
    }

    [SkippableFact]
    public async Task Html_IsReadWithoutMarkup()
    {
        Skip.IfNot(LinphonePeer.IsInstalled(out var reason), reason);
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice"));
        await using var bob = await StartAsync(server, ImTransport.Udp);
        var sent = await alice.SendAsync(Bob, MessageContent.Html("<b>disk</b> full")).WaitAsync(Guard);
        Assert.Equal(MessageStatus.Delivered, sent.Status);
        await bob.UntilAsync($"{FromAlice} \\S+ disk full");
        See(Capability.Html, "as plain text");
    }

    [SkippableFact]
    public async Task Receipts_ItSends_MakeTheMessageDisplayed()
    {
        Skip.IfNot(LinphonePeer.IsInstalled(out var reason), reason);
        await using var server = await TestServer.StartAsync();
        var isDeflated = false;
        await using var client = new ImClient(new ImClientOptions
        {
            Trace = e => isDeflated |= !e.Sent && e.Text.Contains("\nContent-Encoding: deflate\n", StringComparison.Ordinal),
        });
        var alice = await client.SignInAsync(server.SettingsOf("alice"));
        var toBob = alice.GetConversation(Bob);
        var displayed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        toBob.MessageStatusChanged += (_, e) =>
        {
            if (e.Status == MessageStatus.Displayed)
            {
                displayed.TrySetResult();
            }
        };
        await using var bob = await StartAsync(server, ImTransport.Udp);

        // Asked for receipts, the message comes in the form that it takes, whichever that is.
        var sent = await toBob.SendAsync(MessageContent.Plain("read this"), new SendOptions { RequestReceipts = true }).WaitAsync(Guard);
        await bob.UntilAsync($"{FromAlice} \\S+ read this");
        await bob.DoAsync("read sip:alice@example.com");
        await displayed.Task.WaitAsync(Guard);
        Assert.Equal(MessageStatus.Displayed, sent.Status);
        Assert.Single(toBob.Messages);
        Assert.True(isDeflated, "It no longer compresses its receipts unasked.");
        See(Capability.ReceiptsFrom);
    }

    [SkippableFact]
    public async Task Receipts_ItAsksFor_SayDeliveredAndDisplayed()
    {
        Skip.IfNot(LinphonePeer.IsInstalled(out var reason), reason);
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice"));
        await using var received = alice.ReceiveAsync().GetAsyncEnumerator();
        await using var bob = await StartAsync(server, ImTransport.Udp, asksForReceipts: true);
        await bob.DoAsync("text sip:alice@example.com have you read this?");
        Assert.True(await received.MoveNextAsync().AsTask().WaitAsync(Guard));
        Assert.Equal("have you read this?", received.Current.Text);
        await bob.UntilAsync("state LinphoneChatMessageStateDeliveredToUser have you read this\\?");
        await alice.GetConversation(Bob).MarkDisplayedAsync(received.Current).WaitAsync(Guard);
        await bob.UntilAsync("state LinphoneChatMessageStateDisplayed have you read this\\?");
        See(Capability.ReceiptsTo);
    }

    [SkippableFact]
    public async Task Picture_ItDoesNotTake_FailsWithItsCause()
    {
        Skip.IfNot(LinphonePeer.IsInstalled(out var reason), reason);
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice"));
        await using var bob = await StartAsync(server, ImTransport.Udp);
        var picture = await Assert.ThrowsAsync<MessageDeliveryException>(
            () => alice.SendAsync(Bob, MessageContent.Of("image/png", new byte[10])).WaitAsync(Guard));
        Assert.Equal((ImError.NotAccepted, 415), (picture.Error, picture.StatusCode));
        See(Capability.OtherContent, $"refuses: {picture.StatusCode}");
    }

    [SkippableFact]
    public async Task Presence_BothWays_IsSeen()
    {
        Skip.IfNot(LinphonePeer.IsInstalled(out var reason), reason);
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice"));
        await using var bob = await StartAsync(server, ImTransport.Udp);
        await bob.DoAsync("watch sip:alice@example.com");
        await alice.Presence.PublishAsync(PresenceAvailability.Busy, "in room 7").WaitAsync(Guard);
        await bob.UntilAsync("presence sip:alice@example.com busy in room 7");
        await alice.Presence.PublishAsync(PresenceAvailability.Online).WaitAsync(Guard);
        await bob.UntilAsync("presence sip:alice@example.com online ");
        See(Capability.PresenceTo);

        using var seen = alice.Presence.Watch(Bob);
        var busy = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        seen.Changed += (_, _) =>
        {
            if (seen is { Availability: PresenceAvailability.Busy, Note: "on the phone" })
            {
                busy.TrySetResult();
            }
        };
        await bob.DoAsync("busy - on the phone");
        await busy.Task.WaitAsync(Guard);
        See(Capability.PresenceFrom);
    }

    [SkippableFact]
    public async Task Typing_BothWays_IsSeen()
    {
        Skip.IfNot(LinphonePeer.IsInstalled(out var reason), reason);
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice"));
        var toBob = alice.GetConversation(Bob);
        var typing = Channel.CreateUnbounded<bool>();
        toBob.PeerTypingChanged += (_, e) => typing.Writer.TryWrite(e.IsTyping);
        await using var bob = await StartAsync(server, ImTransport.Udp);
        await bob.DoAsync("typing sip:alice@example.com");
        Assert.True(await typing.Reader.ReadAsync().AsTask().WaitAsync(Guard));
        See(Capability.TypingFrom);
        await toBob.SendTypingAsync().WaitAsync(Guard);
        await bob.UntilAsync("typing sip:alice@example.com 1");
        See(Capability.TypingTo);
    }

    [SkippableFact]
    public async Task Session_ItDoesNotTake_LeavesTheConversationInPagerMode()
    {
        Skip.IfNot(LinphonePeer.IsInstalled(out var reason), reason);
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice"));
        await using var bob = await StartAsync(server, ImTransport.Udp);
        var toBob = alice.GetConversation(Bob);
        var starting = toBob.StartAsync();
        var sending = toBob.SendAsync("written while the session was tried");
        var refusal = await Assert.ThrowsAsync<ImException>(() => starting.WaitAsync(Guard));
        Assert.Equal((ImError.NotAccepted, 488), (refusal.Error, refusal.StatusCode));
        Assert.Equal(MessageStatus.Delivered, (await sending.WaitAsync(Guard)).Status);
        await bob.UntilAsync($"{FromAlice} \\S+ written while the session was tried");
        Assert.Equal(ConversationState.Idle, toBob.State);
        See(Capability.SessionTo, $"refuses: {refusal.StatusCode}");
    }

    [SkippableFact]
    public async Task Conference_ItKnowsNothingOf_IsRefusedClearlyAndTheChatGoesOn()
    {
        Skip.IfNot(LinphonePeer.IsInstalled(out var reason), reason);
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        await using var another = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice"));
        var carol = await another.SignInAsync(server.SettingsOf("carol"));
        await using var received = alice.ReceiveAsync().GetAsyncEnumerator();
        await using var bob = await StartAsync(server, ImTransport.Udp);
        var toBob = alice.GetConversation(Bob);
        Assert.Equal(MessageStatus.Delivered, (await toBob.SendAsync("before").WaitAsync(Guard)).Status);
        await bob.UntilAsync($"{FromAlice} \\S+ before");

        var refusal = await Assert.ThrowsAsync<ImException>(() => toBob.AddParticipantAsync(carol.Address).WaitAsync(Guard));

        Assert.Equal(ImError.NotAccepted, refusal.Error);
        Assert.False(toBob.IsConference);
        Assert.Equal((0, 0), (server.Server.RoomCount, carol.Conversations.Count));
        Assert.Equal(MessageStatus.Delivered, (await toBob.SendAsync("still here").WaitAsync(Guard)).Status);
        await bob.UntilAsync($"{FromAlice} \\S+ still here");
        await bob.DoAsync("text sip:alice@example.com me too");
        Assert.True(await received.MoveNextAsync().AsTask().WaitAsync(Guard));
        Assert.Equal("me too", received.Current.Text);
        See(Capability.Conference, $"refuses: {refusal.StatusCode}, the chat goes on");
    }

    private static void See(Capability capability, string verdict = InteropTable.Yes) => InteropTable.Record(Peer.Linphone, capability, verdict);

    private static Task<LinphonePeer> StartAsync(
        TestServer server, ImTransport transport, X509Certificate2Collection? roots = null, bool asksForReceipts = false)
    {
        var place = transport == ImTransport.Tls ? server.Server.TlsEndPoint! : server.Server.LocalEndPoint;
        return LinphonePeer.StartAsync("bob", TestServer.Domain, place, transport.ToString().ToLowerInvariant(), roots, asksForReceipts);
    }
}
