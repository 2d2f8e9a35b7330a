using System.Net;
using ComIm.Sip.Transport;
using ComIm.Sip.Transport.Streams;

namespace ComIm.Sip.Tests.Transport;

public sealed class ConnectionTableTests
{
    private static readonly IPAddress One = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Two = IPAddress.Parse("192.0.2.2");
    private static readonly IPAddress Three = IPAddress.Parse("2001:db8::3");

    [Fact]
    public void Enter_UpToTheLimits_IsCountedByAddressAndInAll()
    {
        var table = new ConnectionTable(new SipTransportLimits { MaxConnections = 3, MaxConnectionsPerAddress = 2 });
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => table.TryEnter(One)));
        Assert.True(table.TryEnter(Two));
        Assert.False(table.TryEnter(Three));
        table.Leave(One);
        Assert.True(table.TryEnter(Three));
        Assert.False(table.TryEnter(One));
    }

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::2:0:0:3", false)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", true)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", false)]
    public void Enter_FromTwoAddresses_CountsAHostOnce(string first, string second, bool isAnother)
    {
        var table = new ConnectionTable(new SipTransportLimits { MaxConnectionsPerAddress = 1 });
        Assert.True(table.TryEnter(IPAddress.Parse(first)));
        Assert.Equal(isAnother, table.TryEnter(IPAddress.Parse(second)));
        table.Leave(IPAddress.Parse(first));
        Assert.NotEqual(isAnother, table.TryEnter(IPAddress.Parse(second)));
    }

    [Fact]
    public async Task Find_ByTargetAndName_GivesTheNewestThatMayBeUsed()
    {
        var table = new ConnectionTable(SipTransportLimits.Default);
        var remote = new IPEndPoint(One, 5061);
        await using var transport = new TcpTransport(Loopback.Any(false));
        await using var any = Connection(null);
        await using var named = Connection(["example.com"]);
        await using var nameless = Connection([]);
        var target = new SipTarget(SipTransportKind.Tls, remote);
        Assert.False(table.TryFind(target, out _));

        table.Add(named);
        table.Add(nameless);
        Assert.Same(nameless, Find(target));
        Assert.Same(named, Find(target with { HostName = "EXAMPLE.com" }));
        Assert.Null(Find(target with { HostName = "other.example.com" }));
        table.Add(any);
        Assert.Same(any, Find(target with { HostName = "other.example.com" }));

        // Lent connections serve names only, since an address alone is no proof.
        var alias = new SipTarget(SipTransportKind.Tls, new IPEndPoint(One, 5999));
        table.AddAlias(alias.EndPoint, named);
        table.AddAlias(alias.EndPoint, named);
        Assert.Null(Find(alias));
        Assert.Same(named, Find(alias with { HostName = "example.com" }));
        table.Remove(named);
        Assert.Null(Find(alias with { HostName = "example.com" }));
        await any.DisposeAsync();
        Assert.Same(nameless, Find(target));

        StreamConnection Connection(IReadOnlyCollection<string>? names) =>
            new(new UpgradedStream(new MemoryStream(), names), remote, true, transport, SipTransportOptions.Default);

        StreamConnection? Find(SipTarget where) => table.TryFind(where, out var found) ? found : null;
    }
}
