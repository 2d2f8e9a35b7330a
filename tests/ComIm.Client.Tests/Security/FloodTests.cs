using System.Net;
using System.Net.Sockets;
using System.Text;
using ComIm.Client.Messaging;
using ComIm.Sip.Bodies;
using ComIm.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace ComIm.Client.Tests.Security;

/// <summary>Who writes so much, or under so many names, that a program runs out of memory.</summary>
public sealed class FloodTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(25);

    [Fact]
    public async Task Conversations_BegunByStrangers_AreForgottenBeyondTheBound_ButNotOurs()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var bob = await client.SignInAsync(server.SettingsOf("bob") with { MaxUnansweredConversations = 3 });
        var removed = new List<string>();
        bob.ConversationRemoved += (_, e) => removed.Add(e.Conversation.Peer);
        using var peer = await ConnectAsync(server);
        await SayAsync(peer, "friend", "hello");
        var friend = bob.GetConversation("sip:friend@example.com");
        foreach (var name in new[] { "a", "b", "c", "a", "d", "e" })
        {
            await SayAsync(peer, name, "hello from " + name);
        }

        await bob.FlushEventsAsync().WaitAsync(Guard);
        Assert.Equal(["sip:b@example.com", "sip:c@example.com"], removed);
        Assert.Equal(["friend", "a", "d", "e"], bob.Conversations.Select(c => c.Peer["sip:".Length..].Split('@')[0]));
        Assert.Same(friend, bob.GetConversation("sip:friend@example.com"));
        Assert.Equal(2, bob.GetConversation("sip:a@example.com").Messages.Count);
    }

    [Fact]
    public async Task Conversation_Removed_BeginsAfresh_AndIsBackWhenItIsUsed()
    {
        await using var server = await TestServer.StartAsync();
        await using var aliceClient = new ImClient();
        await using var bobClient = new ImClient();
        var alice = await aliceClient.SignInAsync(server.SettingsOf("alice"));
        var bob = await bobClient.SignInAsync(server.SettingsOf("bob"));
        var theirs = bob.ReceiveAsync().GetAsyncEnumerator();
        await alice.SendAsync("sip:bob@example.com", "one");
        Assert.True(await theirs.MoveNextAsync().AsTask().WaitAsync(Guard));
        var first = bob.Conversations.Single();

        await bob.RemoveConversationAsync(first).WaitAsync(Guard);
        Assert.Empty(bob.Conversations);
        await first.SendAsync("still there").WaitAsync(Guard);
        Assert.Same(first, bob.Conversations.Single());

        await bob.RemoveConversationAsync(first).WaitAsync(Guard);
        await bob.RemoveConversationAsync(first).WaitAsync(Guard);
        await alice.SendAsync("sip:bob@example.com", "two").WaitAsync(Guard);
        Assert.True(await theirs.MoveNextAsync().AsTask().WaitAsync(Guard));
        Assert.NotSame(first, bob.Conversations.Single());
    }

    [Fact]
    public async Task Inbox_OfAReaderWhoDoesNotRead_KeepsTheNewest_AndSaysSo()
    {
        await using var events = new EventDispatcher(NullLogger.Instance);
        var log = new CountingLogger();
        var inbox = new Inbox(this, events, log);
        var messages = inbox.Subscribe(CancellationToken.None);
        for (var i = 0; i < Inbox.MaxUnread + 7; i++)
        {
            inbox.Add(new MessageReceivedEventArgs(Message(i), null!));
        }

        inbox.Complete();
        var read = new List<string>();
        await foreach (var message in messages)
        {
            read.Add(message.Text);
        }

        Assert.Equal((Inbox.MaxUnread, "7"), (read.Count, read[0]));
        Assert.Equal(1, log.Warnings);
    }

    [Fact]
    public async Task Events_OfAHandlerThatDoesNotReturn_StopWhatIsNew_UntilItDoes()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var bob = await client.SignInAsync(server.SettingsOf("bob"));
        using var peer = await ConnectAsync(server);
        using var isReleased = new ManualResetEventSlim();
        bob.Events.Post(() => isReleased.Wait(Guard));
        for (var i = 0; i < EventDispatcher.MaxWaiting; i++)
        {
            bob.Events.Post(static () => { });
        }

        Assert.StartsWith("SIP/2.0 480 ", await SendAsync(peer, "alice", "too much"), StringComparison.Ordinal);
        isReleased.Set();
        await bob.FlushEventsAsync().WaitAsync(Guard);
        Assert.StartsWith("SIP/2.0 200 ", await SendAsync(peer, "alice", "again"), StringComparison.Ordinal);
        Assert.Equal("again", bob.Conversations.Single().Messages.Single().Text);
    }

    [Fact]
    public void Fragments_OfOneSender_LeaveRoomForOthers_AndDoNotHoldTheirRequests()
    {
        var partial = new PartialMessages(new ManualTimeProvider());
        for (var i = 0; i < 8; i++)
        {
            partial.Add("sip:mallory@example.com", Fragment("id" + i), out var taken);
            Assert.Equal(200, taken);
        }

        partial.Add("sip:mallory@example.com", Fragment("id8"), out var status);
        Assert.Equal(480, status);
        partial.Add("sip:alice@example.com", Fragment("id8"), out status);
        Assert.Equal(200, status);

        static SipBody Fragment(string id) =>
            SipBody.DecodeEntity(Encoding.Latin1.GetBytes($"Content-Type: message/partial;id=\"{id}\";number=1;total=2\r\n\r\nx")).Body!;
    }

    private static ChatMessage Message(int number) => new(
        "id" + number, MessageDirection.Incoming, "sip:a@b", "sip:c@d", number.ToString(System.Globalization.CultureInfo.InvariantCulture), DateTimeOffset.UnixEpoch);

    private static async Task<UdpClient> ConnectAsync(TestServer server)
    {
        await Task.Yield();
        var peer = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        peer.Connect(IPAddress.Loopback, server.Server.Location.Find("bob")[0].Contact.Port!.Value);
        return peer;
    }

    private static async Task SayAsync(UdpClient peer, string from, string text) =>
        Assert.StartsWith("SIP/2.0 200 ", await SendAsync(peer, from, text), StringComparison.Ordinal);

    private static async Task<string> SendAsync(UdpClient peer, string from, string text)
    {
        await peer.SendAsync(Encoding.ASCII.GetBytes(
            $"MESSAGE sip:bob@{peer.Client.RemoteEndPoint} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;rport;branch=z9hG4bK{Guid.NewGuid():n}\r\nMax-Forwards: 70\r\n"
            + $"From: <sip:{from}@example.com>;tag=1\r\nTo: <sip:bob@example.com>\r\nCall-ID: {Guid.NewGuid():n}\r\nCSeq: 1 MESSAGE\r\n"
            + $"Content-Type: text/plain\r\nContent-Length: {text.Length}\r\n\r\n{text}"));
        using var guard = new CancellationTokenSource(Guard);
        return Encoding.ASCII.GetString((await peer.ReceiveAsync(guard.Token)).Buffer);
    }

    private sealed class CountingLogger : Microsoft.Extensions.Logging.ILogger
    {
        public int Warnings { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(Microsoft.Extensions.Logging.LogLevel logLevel) => true;

        public void Log<TState>(
            Microsoft.Extensions.Logging.LogLevel logLevel,
            Microsoft.Extensions.Logging.EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) => Warnings += logLevel == Microsoft.Extensions.Logging.LogLevel.Warning ? 1 : 0;
    }
}
