using System.Collections.Concurrent;
using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Sip.Transport;

namespace ComIm.Server.Tests.Storage;

/// <summary>
/// kill -9 of a real server in the middle of storing and of delivering 1,000 messages: ComIm's client shows every one that was
/// answered 2xx, and each once, across its own restart too.
/// </summary>
public sealed class ClientAcrossKillsTests : IDisposable
{
    private const int Count = 1000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("comim-kill-");
    private readonly ConcurrentDictionary<string, bool> _accepted = new();
    private readonly ConcurrentQueue<string> _shown = new();
    private readonly ConcurrentDictionary<string, bool> _distinct = new();

    private string Store => Path.Combine(_folder.FullName, "messages.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableTheory]
    [InlineData(SipTransportKind.Udp, ImTransport.Udp)]
    [InlineData(SipTransportKind.Tcp, ImTransport.Tcp)]
    public async Task Message_ThatWasAccepted_IsShownOnce(SipTransportKind kind, ImTransport transport)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Processes are killed as a group on Linux only.");
        await StoreAsync(kind, Count / 2, isKilled: true);
        await StoreAsync(kind, Count - _accepted.Count, isKilled: false);
        Assert.InRange(_accepted.Count, Count, Count * 2);

        // The client is restarted with the server, twice.
        await ShowAsync(transport, () => _distinct.Count >= _accepted.Count / 3);
        await ShowAsync(transport, () => _distinct.Count >= _accepted.Count * 2 / 3);
        await ShowAsync(transport, () => _accepted.Keys.All(_distinct.ContainsKey));
        Assert.Empty(_accepted.Keys.Except(_distinct.Keys));
        Assert.Equal(_distinct.Count, _shown.Count);
    }

    /// <summary>Has so many messages accepted; then the server is killed, with as many on their way where it is said so.</summary>
    private async Task StoreAsync(SipTransportKind kind, int count, bool isKilled)
    {
        await using var server = await ServerProcess.StartAsync(Store);
        await using var alice = new TestUser("alice", server.EndPoint, kind);
        await alice.SendAsync(alice.CreateMessage("sip:nobody@example.com", "learns the challenge"));
        var enough = new TaskCompletionSource();
        var before = _accepted.Count;
        var isEnding = false;

        // As many at once as the server takes from a user.
        var sending = Enumerable.Range(0, 40).Select(_ => SendAsync()).ToList();
        await enough.Task.WaitAsync(TestDomain.Guard);
        await server.DisposeAsync();
        isEnding = true;
        sending.ForEach(t => _ = t.ContinueWith(static f => _ = f.Exception, TaskScheduler.Default));

        async Task SendAsync()
        {
            while (!isEnding && _accepted.Count - before < (isKilled ? int.MaxValue : count))
            {
                var request = alice.CreateMessage("sip:bob@example.com", "text");
                if ((await alice.SendAsync(request)).StatusCode == 202 && _accepted.TryAdd(request.CallId!, true) && _accepted.Count - before >= count)
                {
                    enough.TrySetResult();
                }
            }
        }
    }

    /// <summary>Signs bob in until enough has been shown; then the server is killed, and the client ends.</summary>
    private async Task ShowAsync(ImTransport transport, Func<bool> until)
    {
        await using var server = await ServerProcess.StartAsync(Store);
        await using var client = new ImClient(new ImClientOptions { DataDirectory = Path.Combine(_folder.FullName, "client") });
        var bob = await client.SignInAsync(new ImAccountSettings
        {
            Address = "sip:bob@example.com",
            Password = "secret-bob",
            Server = server.EndPoint.ToString(),
            Transport = transport,
        });
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bob.MessageReceived += (_, e) =>
        {
            _shown.Enqueue(e.Message.Id);
            _distinct.TryAdd(e.Message.Id, true);
            if (until())
            {
                enough.TrySetResult();
            }
        };
        if (!until())
        {
            await enough.Task.WaitAsync(TestDomain.Guard);
        }

        await server.DisposeAsync();
    }
}
