using System.Text;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.Sip.Tests.Wire;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Dialogs;

/// <summary>Alice and Bob on one wire, each the other's outbound proxy.</summary>
internal sealed class SessionFixture : IAsyncDisposable
{
    public SessionFixture(SessionTimerOptions? aliceTimer = null, SessionTimerOptions? bobTimer = null)
    {
        Alice = new Party(Wire, Clock, "alice", 5061, 5062, aliceTimer);
        Bob = new Party(Wire, Clock, "bob", 5062, 5061, bobTimer);
    }

    public static SessionBody Offer { get; } = new("application/sdp", Encoding.ASCII.GetBytes("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\nm=message 5060 sip null\r\n"));

    public static SessionBody Answer { get; } = new("application/sdp", Encoding.ASCII.GetBytes("v=0\r\no=- 2 2 IN IP4 127.0.0.1\r\nm=message 5060 sip null\r\n"));

    public static SipUri BobUri { get; } = SipUri.Parse("sip:bob@example.com");

    public ManualTimeProvider Clock { get; } = new();

    public MemoryWire Wire { get; } = new();

    public Party Alice { get; }

    public Party Bob { get; }

    public RecordingHandler AliceHandler { get; init; } = new();

    public RecordingHandler BobHandler { get; init; } = new();

    /// <summary>An established session, seen from both sides; the ACK has been taken.</summary>
    public async Task<(InviteSession Alice, InviteSession Bob)> EstablishAsync()
    {
        var invite = Alice.Sessions.Invite(BobUri, Offer, AliceHandler);
        var bob = (await Bob.InviteAsync(BobHandler)).Accept(Answer)!;
        var outcome = await invite.Completion.WaitAsync(TimeSpan.FromSeconds(20));
        await Wire.RequestAsync(SipMethods.Ack);
        return (outcome.Session!, bob);
    }

    /// <summary>What a continuation does, since those are the wire's no more.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var guard = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            guard.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Alice.DisposeAsync();
        await Bob.DisposeAsync();
    }
}
