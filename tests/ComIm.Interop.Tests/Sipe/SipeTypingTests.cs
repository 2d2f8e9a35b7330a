using System.Text;
using System.Threading.Channels;
using ComIm.Client.Accounts;
using ComIm.Interop.Tests.Table;

namespace ComIm.Interop.Tests.Sipe;

/// <summary>Typing in sessions with pidgin-sipe: it takes both forms, and uses that of Microsoft's clients.</summary>
public sealed class SipeTypingTests
{
    private const string Alice = "sip:alice@example.com";
    private const string Bob = "sip:bob@example.com";
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    [SkippableTheory]
    [MemberData(nameof(SipeServers.All), MemberType = typeof(SipeServers))]
    public async Task Typing_BothWays_IsSeenUntilItStops(SipeServerKind kind, ImTransport transport)
    {
        await using var meeting = await SipeMeeting.StartAsync(kind, transport);
        var (alice, bob) = (meeting.Alice, meeting.Bob);
        var toBob = alice.GetConversation(Bob);
        var typing = Channel.CreateUnbounded<bool>();
        toBob.PeerTypingChanged += (_, e) => typing.Writer.TryWrite(e.IsTyping);
        await toBob.StartAsync().WaitAsync(Guard);
        await toBob.SendTypingAsync().WaitAsync(Guard);
        await bob.UntilAsync("typing " + Alice);
        await toBob.SendTypingAsync(false).WaitAsync(Guard);
        await bob.UntilAsync("idle " + Alice);
        SipeMeeting.See(Capability.TypingTo);

        // It says so by KeyboardActivity, and says nothing when it stops.
        await bob.DoAsync("typing " + Alice);
        Assert.True(await typing.Reader.ReadAsync().AsTask().WaitAsync(Guard));
        SipeMeeting.See(Capability.TypingFrom);
        await bob.DoAsync($"text {Alice} what I typed");
        Assert.False(await typing.Reader.ReadAsync().AsTask().WaitAsync(Guard));
    }

    [SkippableTheory]
    [InlineData(SipeServerKind.KamailioOf2005, ImTransport.Tcp)]
    [InlineData(SipeServerKind.Embedded, ImTransport.Udp)]
    public async Task KeyboardActivity_FromUs_IsTakenAndSeen(SipeServerKind kind, ImTransport transport)
    {
        await using var meeting = await SipeMeeting.StartAsync(kind, transport);
        var session = meeting.Alice.CreateSession(Bob);
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        session.StateChanged += (_, _) => connected.TrySetResult();
        session.Start();
        await connected.Task.WaitAsync(Guard);
        foreach (var (status, seen) in new[] { ("type", "typing "), ("idle", "idle ") })
        {
            var body = Encoding.UTF8.GetBytes($"<?xml version=\"1.0\"?><KeyboardActivity><status status=\"{status}\"/></KeyboardActivity>");
            Assert.Equal(200, (await session.SendAsync("INFO", request => request.SetBody("application/xml", body)).WaitAsync(Guard)).StatusCode);
            await meeting.Bob.UntilAsync(seen + Alice);
        }

        await session.EndAsync().WaitAsync(Guard);
    }
}
