using System.Buffers;
using System.Text;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.TestKit;

namespace ComIm.Client.Tests.Messaging;

/// <summary>What can be written in a message, by itself and in a session.</summary>
public sealed class MessageContentTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    public static TheoryData<MessagingMode, MessageContent, string> Contents()
    {
        var data = new TheoryData<MessagingMode, MessageContent, string>();
        foreach (var mode in new[] { MessagingMode.Pager, MessagingMode.Session })
        {
            data.Add(mode, MessageContent.Plain("žluťoučký kůň"), "žluťoučký kůň");
            data.Add(mode, MessageContent.Html("<b>disk</b> full &amp; hot 🐎"), "disk full & hot 🐎");
            data.Add(mode, MessageContent.Of("image/png", new byte[] { 0x89, 0x50, 0, 0xFF, 13, 10 }), string.Empty);
            data.Add(mode, MessageContent.Of("text/plain;charset=utf-16le", Encoding.Unicode.GetBytes("wide")), "wide");
            data.Add(mode, MessageContent.Of("application/vnd.example+json", "{}"u8.ToArray()), string.Empty);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task Content_OfAnyType_ArrivesAsItIs(MessagingMode mode, MessageContent content, string text)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice") with { MessagingMode = mode });
        var bob = await client.SignInAsync(server.SettingsOf("bob"));
        await using var received = bob.ReceiveAsync().GetAsyncEnumerator();
        var sent = await alice.SendAsync("sip:bob@example.com", content).WaitAsync(Guard);
        Assert.Equal((MessageStatus.Delivered, text), (sent.Status, sent.Text));
        Assert.Same(content, sent.Content);

        Assert.True(await received.MoveNextAsync().AsTask().WaitAsync(Guard));
        var message = received.Current;
        Assert.Equal(content.ContentType, message.Content.ContentType);
        Assert.Equal(content.Bytes.ToArray(), message.Content.Bytes.ToArray());
        Assert.Equal(text, message.Text);
        Assert.Equal(content.ContentType.Split(';')[0], message.ContentType);
        Assert.Equal(mode == MessagingMode.Session ? ConversationState.Connected : ConversationState.Idle, alice.GetConversation("bob@example.com").State);
    }

    [Fact]
    public async Task Text_OfEveryPlane_ArrivesUnchanged()
    {
        // Every scalar value but the controls, in pieces: what is a letter here is a surrogate pair, a right-to-left mark or unassigned.
        var texts = Enumerable.Range(0, 17)
            .Select(plane => string.Concat(Enumerable.Range(0, 256)
                .Select(i => (plane * 0x10000) + (i * 256) + 0x41)
                .Where(Rune.IsValid)
                .Select(c => new Rune(c).ToString())))
            .Append("e\u0301 \u202Eabc\u202C \u200D👩\u200D👩\u200D👧 \uFEFFmark \0 null \u0085 \u2028")
            .ToList();
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice"));
        var bob = await client.SignInAsync(server.SettingsOf("bob"));
        await using var received = bob.ReceiveAsync().GetAsyncEnumerator();
        foreach (var text in texts)
        {
            await alice.SendAsync("sip:bob@example.com", text).WaitAsync(Guard);
            Assert.True(await received.MoveNextAsync().AsTask().WaitAsync(Guard));
            Assert.Equal(text, received.Current.Text);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("text/plain\r\nFrom: x")]
    [InlineData("text/plain;charset=\"")]
    [InlineData("text/plain;x=\"a\r\nX-Evil: 1\"")]
    [InlineData("text/plain;x=\"a\0\"")]
    public void Content_OfATypeThatIsNone_IsRefused(string type) =>
        Assert.Throws<ArgumentException>(() => MessageContent.Of(type, default));

    [Theory]
    [InlineData(MessagingMode.Pager)]
    [InlineData(MessagingMode.Session)]
    public async Task Content_ThatCannotBeRead_FailsAlone(MessagingMode mode)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice") with { MessagingMode = mode });
        await client.SignInAsync(server.SettingsOf("bob"));
        var toBob = alice.GetConversation("sip:bob@example.com");
        using var memory = new UnreadableMemory();
        var sending = toBob.SendAsync(MessageContent.Of("image/png", memory.Memory));
        var next = toBob.SendAsync("hello");
        var error = await Assert.ThrowsAsync<MessageDeliveryException>(() => sending.WaitAsync(Guard));
        Assert.Equal((ImError.Rejected, MessageStatus.Failed), (error.Error, error.ChatMessage.Status));
        Assert.IsType<InvalidOperationException>(error.GetBaseException());
        Assert.DoesNotContain("the caller's memory", error.Message, StringComparison.Ordinal);
        Assert.Equal(MessageStatus.Delivered, (await next.WaitAsync(Guard)).Status);
        Assert.Equal(MessageStatus.Delivered, (await toBob.SendAsync("again").WaitAsync(Guard)).Status);
    }

    [Fact]
    public async Task Content_ThatTheRecipientDoesNotTake_FailsWith415()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice"));
        await client.SignInAsync(server.SettingsOf("bob") with { AcceptedTypes = ["text/plain"] });
        var error = await Assert.ThrowsAsync<MessageDeliveryException>(
            () => alice.SendAsync("sip:bob@example.com", MessageContent.Of("image/png", new byte[1])).WaitAsync(Guard));
        Assert.Equal((ImError.NotAccepted, 415), (error.Error, error.StatusCode));
        Assert.Equal("image/png", error.ChatMessage.ContentType);
    }

    /// <summary>Memory of the program's that is gone by the time it is sent.</summary>
    private sealed class UnreadableMemory : MemoryManager<byte>
    {
        public override Memory<byte> Memory => CreateMemory(3);

        public override Span<byte> GetSpan() => throw new InvalidOperationException("the caller's memory");

        public override MemoryHandle Pin(int elementIndex = 0) => throw new InvalidOperationException("the caller's memory");

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
