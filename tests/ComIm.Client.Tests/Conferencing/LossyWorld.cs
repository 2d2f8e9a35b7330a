using System.Net;
using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Server;
using ComIm.Server.Conferencing;
using ComIm.Sip.Transport;
using ComIm.Sip.Transport.Memory;
using ComIm.TestKit;

namespace ComIm.Client.Tests.Conferencing;

/// <summary>
/// A server and its users on a network in memory that loses datagrams, under a clock that a thread of its own moves: on to the
/// next timer as soon as nobody has anything to do. Whoever would wait half a second for a lost answer waits no time.
/// </summary>
internal sealed class LossyWorld : IAsyncDisposable
{
    // So often the pool has to be found empty before the clock goes on: somebody may be between two steps.
    private const int QuietLooks = 40;

    private static readonly IPEndPoint ServerEndPoint = new(IPAddress.Parse("192.0.2.1"), 5060);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private readonly ManualTimeProvider _time = new();
    private readonly MemoryNetwork _network;
    private readonly Thread _clock;
    private readonly List<ImClient> _clients = [];
    private ImServer? _server;
    private int _hosts = 1;
    private volatile bool _isOver;

    private LossyWorld(int seed)
    {
        _network = new MemoryNetwork(_time, seed, new MemoryNetworkConditions { MinDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(3) });
        _clock = new Thread(MoveClock) { IsBackground = true };
    }

    public ImServer Server => _server!;

    public TimeProvider Time => _time;

    public static Task<LossyWorld> StartAsync(int seed, params string[] users) => StartAsync(seed, new ConferenceOptions(), users);

    public static async Task<LossyWorld> StartAsync(int seed, ConferenceOptions conferences, params string[] users)
    {
        var world = new LossyWorld(seed);
        world._server = await ImServer.StartAsync(new ImServerOptions
        {
            Domain = TestServer.Domain,
            Users = new UserList([.. users.Select(u => $"{u}:secret-{u}")]),
            TimeProvider = world._time,
            Conferences = conferences,
            BindTransports = options => [world._network.Bind(SipTransportKind.Udp, ServerEndPoint, options), world._network.Bind(SipTransportKind.Tcp, ServerEndPoint, options)],
        });
        world._clock.Start();
        return world;
    }

    /// <summary>Loses datagrams from now on.</summary>
    public void Lose(double share) => _network.Conditions = _network.Conditions with { Loss = share };

    /// <summary>Cuts a user off from everybody.</summary>
    public void Isolate(ImAccount account) => _network.Isolate(account.Contact.HostPort.Address!);

    /// <summary>Ends <see cref="Isolate"/>.</summary>
    public void Rejoin(ImAccount account) => _network.Rejoin(account.Contact.HostPort.Address!);

    public async Task<ImAccount> SignInAsync(string user, SipTransportKind kind = SipTransportKind.Udp)
    {
        var address = IPAddress.Parse($"192.0.2.{++_hosts}");
        var client = new ImClient(new ImClientOptions
        {
            TimeProvider = _time,
            LocalAddressTo = _ => address,
            BindTransport = _ => _network.Bind(kind, new IPEndPoint(address, 0), new SipTransportOptions { TimeProvider = _time }),
        });
        _clients.Add(client);
        return await client.SignInAsync(new ImAccountSettings
        {
            Address = $"sip:{user}@{TestServer.Domain}",
            Password = "secret-" + user,
            Server = ServerEndPoint.ToString(),
            Transport = kind == SipTransportKind.Tcp ? ImTransport.Tcp : ImTransport.Udp,
            MessagingMode = ComIm.Client.Messaging.MessagingMode.Session,
            IncomingConversations = IncomingConversations.Accept,
        }).WaitAsync(ConferenceUser.Guard);
    }

    public async ValueTask DisposeAsync()
    {
        _network.Conditions = MemoryNetworkConditions.Perfect;
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await Server.DisposeAsync();
        _isOver = true;
        _clock.Join();
        _network.Dispose();
    }

    private void MoveClock()
    {
        while (!_isOver)
        {
            if (_time.NextDue is { } due && (due <= TimeSpan.FromMilliseconds(3) || IsQuiet()))
            {
                _time.Advance(due < TimeSpan.Zero ? TimeSpan.Zero : due < Step ? due : Step);
            }
            else
            {
                Thread.Yield();
            }
        }
    }

    private static bool IsQuiet()
    {
        for (var look = 0; look < QuietLooks; look++)
        {
            if (ThreadPool.PendingWorkItemCount > 0)
            {
                return false;
            }

            Thread.Yield();
        }

        return true;
    }
}
