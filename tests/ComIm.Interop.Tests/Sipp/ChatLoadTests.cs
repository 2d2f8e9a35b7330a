using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.Interop.Tests.Table;
using ComIm.TestKit;

namespace ComIm.Interop.Tests.Sipp;

/// <summary>One account in 1,000 sessions with SIPp, begun by either side, each with somebody else.</summary>
public sealed partial class ChatLoadTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(90);

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Conversations_BegunBySipp_AreTakenEachAndEnd(bool tcp)
    {
        Skip.IfNot(Requires.Sipp(out var reason), reason);
        await using var server = await TestServer.StartAsync();
        var contact = new TaskCompletionSource<IPEndPoint>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var client = new ImClient(new ImClientOptions
        {
            Trace = e =>
            {
                if (ContactOf().Match(e.Text) is { Success: true } match)
                {
                    contact.TrySetResult(IPEndPoint.Parse(match.Groups[1].Value));
                }
            },
        });
        var alice = await client.SignInAsync(server.SettingsOf("alice", tcp ? ImTransport.Tcp : ImTransport.Udp)).WaitAsync(Guard);
        var received = new ConcurrentDictionary<string, int>();
        alice.MessageReceived += (_, e) => received.AddOrUpdate($"{e.Message.From} {e.Message.Text}", 1, (_, count) => count + 1);

        var result = await SippRunner.RunAsync(SippScenarios.Load("chat-caller", tcp) with
        {
            Remote = await contact.Task.WaitAsync(Guard),
            CallsPerSecond = 100,
            Arguments = ["-s", "alice"],
        });

        SippScenarios.AssertNoneFailed(result);

        // They are nobody whom the password is proven to: the server has asked for it, they have not.
        Assert.DoesNotContain("Authorization: Digest", result.Messages, StringComparison.Ordinal);
        Assert.Equal(2 * SippScenarios.Calls, received.Count);
        Assert.All(received, r => Assert.Equal(1, r.Value));
        Assert.Equal(SippScenarios.Calls, alice.Conversations.Count);
        InteropTable.Record(Peer.Sipp, Capability.SessionFrom, "yes, 1,000 times");
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Conversations_BegunByTheAccount_AreTakenBySippAndEnd(bool tcp)
    {
        Skip.IfNot(Requires.Sipp(out var reason), reason);

        // To SIPp, which is the registrar as well, the registration is one more call.
        await using var sipp = await SippRunner.ListenAsync(SippScenarios.Load("chat-callee", tcp) with
        {
            Calls = SippScenarios.Calls + 1,
            Arguments = ["-reconnect_close", "false"],
        });
        await using var client = new ImClient();
        var alice = await client.SignInAsync(new ImAccountSettings
        {
            Address = "sip:alice@example.com",
            Server = sipp.EndPoint.ToString(),
            Transport = tcp ? ImTransport.Tcp : ImTransport.Udp,
            MessagingMode = MessagingMode.Session,
        }).WaitAsync(Guard);

        var statuses = await SippScenarios.RunManyAsync(async i =>
        {
            var conversation = alice.GetConversation($"sip:sipp-{i}@example.com");
            var messages = await Task.WhenAll(conversation.SendAsync("first"), conversation.SendAsync("second"));
            await conversation.SendTypingAsync();
            await conversation.LeaveAsync();
            return messages.Select(m => m.Status).ToArray();
        });
        await alice.SignOutAsync().WaitAsync(Guard);

        Assert.All(statuses, s => Assert.Equal([MessageStatus.Delivered, MessageStatus.Delivered], s));
        var result = await sipp.CompleteAsync();
        Assert.True(result is { ExitCode: 0, Successful: SippScenarios.Calls + 1, Failed: 0 }, result.ToString()[..Math.Min(result.ToString().Length, 6000)]);
        InteropTable.Record(Peer.Sipp, Capability.SessionTo, "yes, 1,000 times");
    }

    [GeneratedRegex(@"^Contact: <sip:alice@([0-9.]+:[0-9]+)", RegexOptions.Multiline)]
    private static partial Regex ContactOf();
}
