using System.Net;
using ComIm.Client.Accounts;
using ComIm.TestKit;

namespace ComIm.Client.Tests;

public sealed class SignInFailoverTests
{
    [SkippableTheory]
    [InlineData(ImTransport.Udp)]
    [InlineData(ImTransport.Tcp)]
    public async Task SignIn_FirstServerOfTheDomainIsDown_TheNextIsTaken(ImTransport transport)
    {
        Skip.IfNot(NameServer.IsInstalled(out var reason), reason);
        await using var server = await TestServer.StartAsync();
        await using var dns = await NameServer.StartAsync(ZoneOf(FreePort.UdpAndTcp(), server.Server.LocalEndPoint.Port));
        await using var client = new ImClient(new ImClientOptions { DnsServers = [dns.EndPoint] });
        var settings = server.SettingsOf("alice", transport) with { Server = null };
        var alice = await client.SignInAsync(settings).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(ImAccountState.SignedIn, alice.State);
        Assert.Equal("example.com", alice.Server);
        Assert.Same(alice, Assert.Single(client.Accounts));
    }

    [SkippableFact]
    public async Task SignIn_EveryServerOfTheDomainIsDown_SaysSo()
    {
        Skip.IfNot(NameServer.IsInstalled(out var reason), reason);
        await using var dns = await NameServer.StartAsync(ZoneOf(FreePort.UdpAndTcp(), FreePort.UdpAndTcp()));
        await using var client = new ImClient(new ImClientOptions { DnsServers = [dns.EndPoint] });
        var settings = new ImAccountSettings { Address = "sip:alice@example.com", Transport = ImTransport.Tcp };
        var error = await Assert.ThrowsAsync<ImException>(() => client.SignInAsync(settings).WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(ImError.ServerUnreachable, error.Error);
        Assert.Empty(client.Accounts);
    }

    [SkippableFact]
    public async Task SignIn_FirstServerRefusesThePassword_TheNextIsNotAsked()
    {
        Skip.IfNot(NameServer.IsInstalled(out var reason), reason);
        await using var first = await TestServer.StartAsync();
        await using var second = await TestServer.StartAsync();
        await using var dns = await NameServer.StartAsync(ZoneOf(first.Server.LocalEndPoint.Port, second.Server.LocalEndPoint.Port));
        var sentTo = new HashSet<string>();
        await using var client = new ImClient(new ImClientOptions { DnsServers = [dns.EndPoint], Trace = e => Note(sentTo, e) });
        var settings = first.SettingsOf("alice") with { Server = null, Password = "guess" };
        var error = await Assert.ThrowsAsync<ImException>(() => client.SignInAsync(settings).WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(ImError.AuthenticationFailed, error.Error);
        Assert.Equal([first.Server.LocalEndPoint.ToString()], sentTo);
    }

    private static string ZoneOf(int firstPort, int secondPort) => $"""
        _sip._udp SRV 1 0 {firstPort} sip
        _sip._udp SRV 2 0 {secondPort} sip
        _sip._tcp SRV 1 0 {firstPort} sip
        _sip._tcp SRV 2 0 {secondPort} sip
        sip A {IPAddress.Loopback}
        """;

    private static void Note(HashSet<string> sentTo, ImTraceEntry entry)
    {
        lock (sentTo)
        {
            sentTo.Add(entry.Remote.ToString());
        }
    }
}
