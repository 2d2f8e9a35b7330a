using System.Collections.Concurrent;
using ComIm.Sip.Transport;

namespace ComIm.Server.Tests.Storage;

/// <summary>kill -9 of a real server in the middle of storing and of delivering: what was answered 2xx arrives.</summary>
public sealed class KillTests : IDisposable
{
    private static readonly int Count = Environment.GetEnvironmentVariable("COMIM_LONG") == "1" ? 1000 : 100;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("comim-kill-");

    private string Store => Path.Combine(_folder.FullName, "messages.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableTheory]
    [InlineData(SipTransportKind.Udp)]
    [InlineData(SipTransportKind.Tcp)]
    public async Task Kill_WhileStoringAndWhileDelivering_LosesNothingThatWasAccepted(SipTransportKind kind)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Processes are killed as a group on Linux only.");
        var accepted = new ConcurrentDictionary<string, bool>();
        await StoreAndKillAsync(kind, accepted);
        Assert.NotEmpty(accepted);

        // Bob's device tells one message from another as a client does, also across the crash.
        var received = new ConcurrentQueue<string>();
        var seen = new ConcurrentDictionary<string, bool>();
        await DeliverAndKillAsync(kind, received, seen, () => seen.Count >= accepted.Count / 2);
        await using var server = await ServerProcess.StartAsync(Store);
        await using var bob = Receiver(server, kind, received, seen, () => accepted.Keys.All(seen.ContainsKey), out var all);
        await bob.RegisteredAsync();
        await all.WaitAsync(TestDomain.Guard * 2);
        Assert.Empty(accepted.Keys.Except(seen.Keys));

        // Only what was answered but not yet forgotten at the kill comes twice; it keeps its Call-ID, by which clients know it.
        Assert.InRange(received.Count - seen.Count, 0, 51);
    }

    private async Task StoreAndKillAsync(SipTransportKind kind, ConcurrentDictionary<string, bool> accepted)
    {
        await using var server = await ServerProcess.StartAsync(Store);
        await using var alice = new TestUser("alice", server.EndPoint, kind);
        await alice.SendAsync(alice.CreateMessage("sip:nobody@example.com", "learns the challenge"));
        var half = new TaskCompletionSource();
        var sending = Enumerable.Range(0, Count).Select(async _ =>
        {
            var request = alice.CreateMessage("sip:bob@example.com", "text");
            if ((await alice.SendAsync(request)).StatusCode == 202 && accepted.TryAdd(request.CallId!, true) && accepted.Count >= Count / 2)
            {
                half.TrySetResult();
            }
        }).ToList();
        await half.Task.WaitAsync(TestDomain.Guard);
        await server.DisposeAsync();
        sending.ForEach(t => _ = t.ContinueWith(static f => _ = f.Exception, TaskScheduler.Default));
    }

    private async Task DeliverAndKillAsync(SipTransportKind kind, ConcurrentQueue<string> received, ConcurrentDictionary<string, bool> seen, Func<bool> until)
    {
        await using var server = await ServerProcess.StartAsync(Store);
        await using var bob = Receiver(server, kind, received, seen, until, out var some);
        await bob.RegisteredAsync();
        await some.WaitAsync(TestDomain.Guard);
        await server.DisposeAsync();
    }

    private static TestUser Receiver(
        ServerProcess server, SipTransportKind kind, ConcurrentQueue<string> received, ConcurrentDictionary<string, bool> seen, Func<bool> until, out Task done)
    {
        var enough = new TaskCompletionSource();
        done = enough.Task;
        if (until())
        {
            // On a busy machine the kill may have come after the last delivery: then nothing is left to wait for.
            enough.TrySetResult();
        }

        return new TestUser("bob", server.EndPoint, kind)
        {
            Answer = t =>
            {
                received.Enqueue(t.Request.CallId!);
                seen.TryAdd(t.Request.CallId!, true);
                t.Respond(200);
                if (until())
                {
                    enough.TrySetResult();
                }

                return Task.CompletedTask;
            },
        };
    }
}
