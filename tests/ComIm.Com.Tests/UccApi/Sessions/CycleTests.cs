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
    private const double Tolerance = 1.05;

    [Fact]
    public async Task Sessions_that_are_terminated_are_let_go_of()
    {
        var cycles = Requires.LongRun(out _) ? Long : Short;
        await using var server = await TestServer.StartAsync();
        var alice = new UccPeer("alice", server.Address).Enable();
        var bob = new UccPeer("bob", server.Address).Enable();
        var sessions = new List<WeakReference>();
        long early = 0;
        for (var i = 1; i <= cycles; i++)
        {
            sessions.Add(Cycle(alice, bob));
            if (i == cycles / 10)
            {
                early = Settle();
            }
        }

        var late = Settle();
        Assert.InRange(sessions.Count(s => s.IsAlive), 0, 2);
        Assert.True(cycles < Long || late <= early * Tolerance, $"{early} bytes after {cycles / 10} cycles, {late} after {cycles}.");
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

    private static long Settle()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
