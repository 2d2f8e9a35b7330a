using ComIm.Client;
using ComIm.Com.UccApi.Contract;
using ComIm.TestKit;

namespace ComIm.Com.Tests.UccApi.Sessions;

/// <summary>
/// Sessions that come and go leave nothing behind, though nobody unadvises: 10,000 with <c>--long</c>, some hundred else. Alone, because
/// it measures its process.
/// </summary>
[Collection(nameof(CycleTests))]
[CollectionDefinition(nameof(CycleTests), DisableParallelization = true)]
public sealed class CycleTests
{
    private const int Short = 300;
    private const int Long = 10_000;

    // Of some six million bytes: a part of a megabyte more or less is the runtime's own.
    private const double Tolerance = 1.05;
    private const int Slack = 512 * 1024;

    // Transactions that are answered wait for retransmissions: 32 s as a rule (RFC 3261 timers H, I, J and K).
    // In steps that are shorter than any patience with a peer, and with traffic between them, so that no connection seems dead.
    private const int LingeringSteps = 35;
    private const int CyclesPerStep = 3;

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Sessions_that_are_terminated_are_let_go_of()
    {
        var cycles = Requires.LongRun(out _) ? Long : Short;
        await using var server = await TestServer.StartAsync(time: _time);
        var options = new ImClientOptions { TimeProvider = _time };
        var alice = new UccPeer("alice", server.Address, options: options).Enable();
        var bob = new UccPeer("bob", server.Address, options: options).Enable();
        var sessions = new List<WeakReference>();
        long early = 0;
        for (var i = 1; i <= cycles; i++)
        {
            sessions.Add(Cycle(alice, bob));
            if (i % CyclesPerStep == 0)
            {
                _time.Advance(Step);
            }

            if (i == cycles / 10)
            {
                early = Settle(alice, bob);
            }
        }

        var late = Settle(alice, bob);
        Assert.InRange(sessions.Count(s => s.IsAlive), 0, 2);
        Assert.True(cycles < Long || late <= (early * Tolerance) + Slack, $"{early} bytes after {cycles / 10} cycles, {late} after {cycles}.");
        alice.Shutdown();
        bob.Shutdown();
    }

    private static WeakReference Cycle(UccPeer alice, UccPeer bob)
    {
        var session = alice.CreateSession();
        alice.Invite(session, "bob");
        bob.TakeIncoming().Accept();
        alice.TakeConnected();
        ((IUccInstantMessagingSession)session).SendMessage("text/plain", "hello", null!);
        bob.Events.TakeMessage("hello");
        alice.Events.TakeSent(0);
        session.Terminate(UCC_REJECT_OR_TERMINATE_REASON.UCCROTR_DECLINE, null!);
        alice.TakeEnd();
        bob.TakeEnd();
        return new WeakReference(session);
    }

    private long Settle(UccPeer alice, UccPeer bob)
    {
        for (var i = 0; i < LingeringSteps; i++)
        {
            Cycle(alice, bob);
            _time.Advance(Step);
        }

        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
