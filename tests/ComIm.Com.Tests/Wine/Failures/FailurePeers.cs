using System.Net;
using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Sessions;
using ComIm.Server;
using ComIm.TestKit;

namespace ComIm.Com.Tests.Wine.Failures;

/// <summary>
/// A server, and people at it each of whom refuses an invitation in a way of their own. carol is not signed in, the device of
/// silent answers nothing, and bob is a <see cref="ScriptedBob"/>.
/// </summary>
internal sealed class FailurePeers : IAsyncDisposable
{
    // What a phone rings for.
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromMinutes(3);

    // Timer B of the branch to a device that answers nothing: 64 times T1.
    private static readonly TimeSpan TimerB = TimeSpan.FromSeconds(33);

    private static readonly string[] Names = ["alice", "bob", "carol", "busy", "decliner", "ringing", "quiet", "silent", "mover", "circle", "lost"];

    private readonly ManualTimeProvider _serverTime;
    private readonly ManualTimeProvider _quietTime = new();
    private readonly List<ImClient> _clients = [];
    private readonly ImServer _server;

    private FailurePeers(ImServer server, ManualTimeProvider serverTime) => (_server, _serverTime) = (server, serverTime);

    public IPEndPoint EndPoint => _server.LocalEndPoint;

    public static async Task<FailurePeers> StartAsync()
    {
        var time = new ManualTimeProvider();
        var peers = new FailurePeers(await StartServerAsync(time), time);
        await peers.AddAsync("busy", s => s.Reject(486));
        await peers.AddAsync("decliner", s => s.Reject(603));
        await peers.AddAsync("ringing", _ => { });
        await peers.AddAsync("quiet", _ => Task.Run(() => peers._quietTime.Advance(AnswerPatience)), peers._quietTime);
        await peers.AddAsync("mover", s => s.Reject(302, ["<sip:bob@example.com>"]));
        await peers.AddAsync("circle", s => s.Reject(302, ["<sip:circle@example.com>"]));
        await peers.AddAsync("lost", s => s.Reject(302));
        return peers;
    }

    /// <summary>A server that knows all of these people.</summary>
    public static Task<ImServer> StartServerAsync(TimeProvider time) => ImServer.StartAsync(new ImServerOptions
    {
        Domain = TestServer.Domain,
        EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
        Users = new UserList([.. Names.Select(name => $"{name}:secret-{name}")]),
        TimeProvider = time,
    });

    public static ImAccountSettings SettingsOf(string user, IPEndPoint server) => new()
    {
        Address = $"sip:{user}@{TestServer.Domain}",
        Password = "secret-" + user,
        Server = server.ToString(),
    };

    /// <summary>A device that is registered and answers nothing: once it is called, the server's patience ends.</summary>
    public Task<SilentDevice> AddSilentAsync() =>
        SilentDevice.RegisterAsync("silent", "secret-silent", EndPoint, () => _serverTime.Advance(TimerB));

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await _server.DisposeAsync();
    }

    private async Task AddAsync(string user, Action<ImSession> answer, TimeProvider? time = null)
    {
        var client = new ImClient(new ImClientOptions { TimeProvider = time ?? TimeProvider.System });
        _clients.Add(client);
        await client.SignInAsync(SettingsOf(user, EndPoint), account => account.SessionOffered += (_, e) => answer(e.Session));
    }
}
