using System.Net;
using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.TestKit;

namespace ComIm.Interop.Tests.Kamailio;

/// <summary>Two Kamailios with the same users, and a name server with a name for each order in which they are asked.</summary>
internal sealed class KamailioPair : IAsyncDisposable
{
    private readonly KamailioOptions _ofSecond;
    private readonly NameServer _names;
    private bool _isSecondLost;

    private KamailioPair(KamailioServer first, KamailioServer second, KamailioOptions ofSecond, NameServer names) =>
        (First, Second, _ofSecond, _names) = (first, second, ofSecond, names);

    public KamailioServer First { get; }

    public KamailioServer Second { get; private set; }

    public static async Task<KamailioPair> StartAsync()
    {
        var one = new IPEndPoint(IPAddress.Parse("127.0.0.2"), FreePort.ForReturn());
        var two = new IPEndPoint(IPAddress.Parse("127.0.0.3"), FreePort.ForReturn());
        var (ofFirst, ofSecond) = (OptionsOf(one, two), OptionsOf(two, one));
        var names = await NameServer.StartAsync($"""
            one A {one.Address}
            two A {two.Address}
            _sip._tcp.first SRV 1 0 {one.Port} one
            _sip._tcp.first SRV 2 0 {two.Port} two
            _sip._udp.first SRV 1 0 {one.Port} one
            _sip._udp.first SRV 2 0 {two.Port} two
            _sip._tcp.second SRV 1 0 {two.Port} two
            _sip._tcp.second SRV 2 0 {one.Port} one
            _sip._udp.second SRV 1 0 {two.Port} two
            _sip._udp.second SRV 2 0 {one.Port} one
            """);
        var first = await KamailioServer.StartAsync(ofFirst);
        return new KamailioPair(first, await KamailioServer.StartAsync(ofSecond), ofSecond, names);
    }

    public ImClient NewClient() => new(new ImClientOptions { DnsServers = [_names.EndPoint] });

    /// <summary>How somebody signs in who asks one node before the other.</summary>
    public ImAccountSettings SettingsOf(string user, string node, ImTransport transport) => new()
    {
        Address = $"sip:{user}@{KamailioServer.Domain}",
        Password = First.Passwords[user],
        Server = $"{node}.{KamailioServer.Domain}",
        Transport = transport,
    };

    public async Task LoseSecondAsync()
    {
        _isSecondLost = true;
        await Second.DisposeAsync();
    }

    public async Task RestoreSecondAsync()
    {
        Second = await KamailioServer.StartAsync(_ofSecond);
        _isSecondLost = false;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isSecondLost)
        {
            await Second.DisposeAsync();
        }

        await First.DisposeAsync();
        await _names.DisposeAsync();
    }

    private static KamailioOptions OptionsOf(IPEndPoint node, IPEndPoint twin) => new() { Address = node.Address, Port = node.Port, Twin = twin };
}
