using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.Interop.Tests.Table;
using ComIm.TestKit;

namespace ComIm.Interop.Tests.Sipp;

/// <summary>An account in session mode against SIPp, which is its registrar as well.</summary>
public sealed class ChatSessionTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    [SkippableTheory]
    [InlineData(false, MessagingMode.Session)]
    [InlineData(true, MessagingMode.Session)]
    [InlineData(false, MessagingMode.Auto)]
    [InlineData(true, MessagingMode.Auto)]
    public async Task Conversation_WithSipp_SendsInOrderTypesAndLeaves(bool tcp, MessagingMode mode)
    {
        Skip.IfNot(Requires.Sipp(out var reason), reason);
        var calls = mode == MessagingMode.Auto ? 3 : 2;
        await using var sipp = await SippRunner.ListenAsync(new SippOptions
        {
            Scenario = Path.Combine(AppContext.BaseDirectory, "Sipp", "Scenarios", "chat-callee.xml"),
            Tcp = tcp,

            // To SIPp the registration, from sign-in to sign-out, is a call like the session; so is the message that it refuses
            // outside one.
            Calls = calls,

            // We close the connection when we sign out; SIPp may not have closed its call by then, which is no failure.
            Arguments = ["-reconnect_close", "false"],
        });
        await using var client = new ImClient();
        var alice = await client.SignInAsync(new ImAccountSettings
        {
            Address = "sip:alice@example.com",
            Server = sipp.EndPoint.ToString(),
            Transport = tcp ? ImTransport.Tcp : ImTransport.Udp,
            MessagingMode = mode,
        }).WaitAsync(Guard);
        var conversation = alice.GetConversation("sip:sipp@example.com");

        var messages = await Task.WhenAll(conversation.SendAsync("first"), conversation.SendAsync("second")).WaitAsync(Guard);
        await conversation.SendTypingAsync().WaitAsync(Guard);
        await conversation.LeaveAsync().WaitAsync(Guard);
        await alice.SignOutAsync().WaitAsync(Guard);

        Assert.All(messages, m => Assert.Equal(MessageStatus.Delivered, m.Status));
        var result = await sipp.CompleteAsync();
        Assert.True(result is { ExitCode: 0, Failed: 0 } && result.Successful == calls, result.ToString());
        InteropTable.Record(Peer.Sipp, Capability.TypingTo);
    }
}
