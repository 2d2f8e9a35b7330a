using System.Collections.Concurrent;
using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.Sip.Messages;
using ComIm.TestKit;

namespace ComIm.Client.Tests.Security;

/// <summary>
/// Text that a script was given by somebody else and hands on as a name, a subject, an address or a type: it never becomes a header
/// field, or a message, of its own. Whether it is refused or written harmlessly is each member's matter.
/// </summary>
public sealed class HeaderInjectionTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(25);

    public static TheoryData<string> Evil => ["x\r\nEvil: 1", "x\nEvil: 1", "x\rEvil: 1", "x\0\r\nEvil: 1", "\r\n\r\nEvil: 1", "\"\r\n Evil\r\nEvil: 1", "x\r\n\tEvil: 1"];

    [Theory]
    [MemberData(nameof(Evil))]
    public async Task Settings_WithLineBreaks_ForgeNothing(string evil)
    {
        var trace = new ConcurrentQueue<ImTraceEntry>();
        await using var server = await TestServer.StartAsync();
        var good = server.SettingsOf("alice");
        foreach (var settings in new[]
        {
            good with { DisplayName = evil },
            good with { UserName = "alice" + evil },
            good with { Address = "sip:alice" + evil + "@example.com" },
            good with { Address = "sip:alice@example.com;x=" + evil },
            good with { Server = server.Address + evil },
            good with { ConferenceFactory = "sip:factory" + evil + "@example.com" },
            good with { AcceptedTypes = ["text/plain", evil] },
            good with { Credentials = [new ImCredential("alice" + evil, "secret", "realm" + evil)] },
        })
        {
            await using var client = new ImClient(new ImClientOptions { Trace = trace.Enqueue });
            await TryAsync(async () =>
            {
                var account = await client.SignInAsync(settings);
                await account.SendAsync("sip:alice@example.com", "hello");
                await account.CreateConversation().StartAsync();
            });
        }

        await using var branded = new ImClient(new ImClientOptions { Trace = trace.Enqueue, UserAgent = "bot" + evil });
        await TryAsync(() => branded.SignInAsync(good));
        Check(trace);
    }

    [Theory]
    [MemberData(nameof(Evil))]
    public async Task Members_WithLineBreaks_ForgeNothing(string evil)
    {
        var trace = new ConcurrentQueue<ImTraceEntry>();
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient(new ImClientOptions { Trace = trace.Enqueue });
        await using var other = new ImClient();
        await other.SignInAsync(server.SettingsOf("bob"));
        var alice = await client.SignInAsync(server.SettingsOf("alice"));
        var room = alice.CreateConversation();
        await room.StartAsync().WaitAsync(Guard);
        foreach (var act in new Func<Task>[]
        {
            () => alice.SendAsync("sip:bob" + evil + "@example.com", "x"),
            () => alice.SendAsync("sip:bob@example.com;x=" + evil, "x"),
            () => alice.SendAsync("sip:bob@example.com?Subject=" + evil, "x"),
            () => alice.SendAsync("sip:bob@example.com?Evil=1&Subject=%0d%0aEvil:%201", "x"),
            () => alice.SendAsync("sip:b%0d%0aEvil:%201@example.com", "x"),
            () => alice.SendAsync("\"" + evil + "\" <sip:bob@example.com>", "x"),
            () => alice.SendAsync("sip:bob@example.com", MessageContent.Of("text/plain" + evil, new byte[1])),
            () => alice.SendAsync("sip:bob@example.com", MessageContent.Of("text/plain; x=\"" + evil + "\"", new byte[1]), new SendOptions { RequestReceipts = true }),
            async () =>
            {
                var conversation = alice.GetConversation("sip:bob@example.com");
                conversation.Subject = evil;
                await conversation.StartAsync();
                await conversation.LeaveAsync();
            },
            () => room.SetSubjectAsync(evil),
            () => room.AddParticipantAsync("sip:bob" + evil + "@example.com"),
            () => room.AddParticipantAsync("sip:bob@example.com?Replaces=" + evil),
            () => room.RemoveParticipantAsync("sip:bob" + evil + "@example.com"),
            () => alice.Contacts.AddAsync("sip:bob" + evil + "@example.com", evil),
            () => alice.Presence.PublishAsync(Client.Presence.PresenceAvailability.Busy, evil),
            () =>
            {
                alice.Presence.Watch("sip:bob" + evil + "@example.com").Dispose();
                return Task.CompletedTask;
            },
            () =>
            {
                var session = alice.CreateSession("sip:bob@example.com");
                session.ConversationId = evil;
                session.Start(null, r => r.Headers.Add("X-Text", evil));
                return session.EndAsync();
            },
            () => alice.OpenChannel("sip:bob@example.com").SendAsync("INFO " + evil, _ => { }),
            () => alice.OpenChannel("sip:bob@example.com").SendAsync("INFO", r => r.Headers.Add("X" + evil, "x")),
            () => alice.OpenChannel("sip:bob@example.com").SendAsync("INFO", r => r.SetBody("text/plain" + evil, new byte[1])),
            () => alice.OpenChannel("sip:bob@example.com").SendAsync("INFO", r => r.Headers.Set(HeaderId.CallId, evil)),
        })
        {
            await TryAsync(act);
        }

        Check(trace);
    }

    private static async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act().WaitAsync(Guard);
        }
        catch (Exception e) when (e is ImException or MessageDeliveryException or ArgumentException or FormatException or InvalidOperationException)
        {
            // It is refused: that is one way.
        }
    }

    private static void Check(IEnumerable<ImTraceEntry> trace)
    {
        var sent = trace.Where(e => e.Sent).ToList();
        Assert.NotEmpty(sent);
        foreach (var entry in sent)
        {
            var head = entry.Text.ReplaceLineEndings("\n").Split("\n\n")[0];

            // A head that was cut short would leave its length behind.
            Assert.Contains("\nContent-Length: ", head, StringComparison.Ordinal);
            Assert.DoesNotContain('\0', head);
            Assert.DoesNotContain(head.Split('\n'), l => l.StartsWith("Evil", StringComparison.Ordinal));
        }
    }
}
