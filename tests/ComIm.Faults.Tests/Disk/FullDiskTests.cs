using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.Server;
using ComIm.Server.Limits;
using ComIm.Server.Storage;
using ComIm.TestKit;

namespace ComIm.Faults.Tests.Disk;

/// <summary>
/// A disk that is full under the server: what cannot be stored is refused, what was accepted arrives, all else goes on, and with space
/// so does the store.
/// </summary>
public sealed class FullDiskTests : IAsyncDisposable
{
    private const int Small = 512;
    private const int Large = 16 * 1024;
    private const string Bob = "sip:bob@example.com";

    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    private readonly LogLines _log = new();
    private readonly ImClient _client = new();
    private readonly ConcurrentQueue<string> _shown = new();
    private readonly SemaphoreSlim _more = new(0);
    private readonly HashSet<string> _accepted = [];
    private int _sent;

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Disk_Full_RefusesWhatItCannotKeepAndLosesNothingElse(bool isReadWhileFull)
    {
        Skip.IfNot(Requires.Mount(out var reason), reason);
        using var disk = SmallDisk.Mount(Small);
        await using var server = await StartAsync(disk);
        var alice = await _client.SignInAsync(SettingsOf("alice", server));

        // Until it is full, and beyond.
        ImException? refusal = null;
        for (var refused = 0; refused < 10;)
        {
            Assert.InRange(_sent, 0, 2000);
            if (await SendAsync(alice) is { } failure)
            {
                refusal = failure;
                refused++;
            }
        }

        Assert.Equal((ImError.ServerFailure, 503), (refusal!.Error, refusal.StatusCode));
        Assert.NotEmpty(_accepted);
        Assert.Equal(_accepted.Count, server.WaitingMessages);
        Assert.Equal(1, _log.CountOf("cannot be written: "));
        await _log.UntilAsync("THE STORE CANNOT BE WRITTEN", Guard);

        // Who is there signs in, is written to, and writes.
        var carol = await _client.SignInAsync(SettingsOf("carol", server));
        Assert.Equal(MessageStatus.Delivered, (await alice.SendAsync(carol.Address, "are you there?").WaitAsync(Guard)).Status);
        if (isReadWhileFull)
        {
            await ReadAsync(server);
        }

        disk.Resize(Large);
        Assert.Null(await SendAsync(alice));
        await _log.UntilAsync("can be written again", Guard);
        await ReadAsync(server);
        Assert.Equal(_shown.Count, _shown.Distinct().Count());
        Assert.Equal(1, _log.CountOf("cannot be written: "));
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _more.Dispose();
        _log.Dispose();
    }

    /// <summary>Signs bob in, or lets him renew, until he has been shown what was accepted.</summary>
    private async Task ReadAsync(ImServer server)
    {
        var bob = _client.Accounts.FirstOrDefault(a => a.Address == Bob);
        if (bob is null)
        {
            bob = await _client.SignInAsync(SettingsOf("bob", server));
            bob.MessageReceived += (_, e) =>
            {
                _shown.Enqueue(e.Message.Text);
                _more.Release();
            };
        }

        while (!_accepted.IsSubsetOf(_shown))
        {
            Assert.True(await _more.WaitAsync(Guard), $"{_shown.Count} of {_accepted.Count} were shown");
        }

        Assert.Empty(_shown.Except(_accepted));
    }

    /// <summary>Writes to bob; why it was refused, or null.</summary>
    private async Task<ImException?> SendAsync(ImAccount from)
    {
        // Random, so that no page of it can be left out.
        var text = string.Create(CultureInfo.InvariantCulture, $"{_sent++} {Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(1500))}");
        try
        {
            var message = await from.SendAsync(Bob, text).WaitAsync(Guard);
            Assert.True(message.Status is MessageStatus.Accepted or MessageStatus.Delivered);
            _accepted.Add(text);
            return null;
        }
        catch (MessageDeliveryException e)
        {
            return e;
        }
    }

    private Task<ImServer> StartAsync(SmallDisk disk) => ImServer.StartAsync(new ImServerOptions
    {
        Domain = TestServer.Domain,
        EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
        Users = new UserList(["alice:secret-alice", "bob:secret-bob", "carol:secret-carol"]),
        Store = new MessageStoreOptions { Path = Path.Combine(disk.Folder, "messages.db") },
        Limits = new ServerLimits { HealthInterval = TimeSpan.FromMilliseconds(200) },
        LoggerFactory = _log,
    });

    private static ImAccountSettings SettingsOf(string user, ImServer server) => new()
    {
        Address = $"sip:{user}@{TestServer.Domain}",
        Password = "secret-" + user,
        Server = server.LocalEndPoint.ToString(),
        Transport = ImTransport.Tcp,
        MessagingMode = MessagingMode.Pager,
    };
}
