using System.Net;
using System.Net.Sockets;
using ComIm.Sip.Location;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Location;

public sealed class DnsResolverTests
{
    private static readonly IPEndPoint First = new(IPAddress.Parse("192.0.2.53"), 53);
    private static readonly IPEndPoint Second = new(IPAddress.Parse("192.0.2.54"), 53);

    private readonly ManualTimeProvider _time = new();
    private readonly DnsZone _zone = new DnsZone().Address("sip.example.com", "192.0.2.1", seconds: 30);

    [Fact]
    public async Task Lookup_WithinTimeToLive_IsAskedOnce()
    {
        var dns = _zone.Resolver(_time);
        Assert.Equal(DnsAnswerKind.Found, (await dns.LookupAsync("sip.example.com", DnsRecordType.A)).Kind);
        _time.Advance(TimeSpan.FromSeconds(29.9));
        Assert.Equal([IPAddress.Parse("192.0.2.1")], (await dns.LookupAsync("SIP.example.com.", DnsRecordType.A)).DataOf<IPAddress>());
        Assert.Single(_zone.Asked);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await dns.LookupAsync("sip.example.com", DnsRecordType.A);
        Assert.Equal(2, _zone.Asked.Count);
    }

    [Theory]
    [InlineData("nobody.example.com", DnsAnswerKind.NoSuchName)]
    [InlineData("sip.example.com", DnsAnswerKind.NoData)]
    public async Task Lookup_ThereIsNone_IsRememberedAsLongAsSoaSays(string name, object kind)
    {
        var dns = _zone.Resolver(_time);
        Assert.Equal(kind, (await dns.LookupAsync(name, DnsRecordType.Srv)).Kind);
        _time.Advance(TimeSpan.FromSeconds(59.9));
        Assert.Equal(kind, (await dns.LookupAsync(name, DnsRecordType.Srv)).Kind);
        Assert.Single(_zone.Asked);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await dns.LookupAsync(name, DnsRecordType.Srv);
        Assert.Equal(2, _zone.Asked.Count);
    }

    [Fact]
    public async Task Lookup_ThereIsNoneWithoutSoa_IsNotRemembered()
    {
        _zone.Negative = null;
        var dns = _zone.Resolver(_time);
        await dns.LookupAsync("nobody.example.com", DnsRecordType.A);
        await dns.LookupAsync("nobody.example.com", DnsRecordType.A);
        Assert.Equal(2, _zone.Asked.Count);
    }

    [Fact]
    public async Task Lookup_Alias_IsFollowedAndLivesAsLongAsItsShortest()
    {
        _zone.Alias("a.example.com", "b.example.com", seconds: 10).Alias("b.example.com", "sip.example.com", seconds: 300);
        var answer = await _zone.Resolver(_time).LookupAsync("a.example.com", DnsRecordType.A);
        Assert.Equal([IPAddress.Parse("192.0.2.1")], answer.DataOf<IPAddress>());
        Assert.Equal(TimeSpan.FromSeconds(10), answer.TimeToLive);
        Assert.Equal(["A a.example.com", "A b.example.com", "A sip.example.com"], _zone.AskedFor);
    }

    [Fact]
    public async Task Lookup_AliasesInACircle_GivesUp()
    {
        _zone.Alias("a.example.com", "b.example.com").Alias("b.example.com", "a.example.com");
        Assert.Equal(DnsAnswerKind.Failed, (await _zone.Resolver(_time).LookupAsync("a.example.com", DnsRecordType.A)).Kind);
        Assert.InRange(_zone.Asked.Count, 2, DnsAliasChain.MaxAliases + 1);
    }

    [Fact]
    public async Task Lookup_AliasToNoHostName_IsNoSuchName()
    {
        _zone.Alias("a.example.com", "b\\046c.example.com");
        Assert.Equal(DnsAnswerKind.NoSuchName, (await _zone.Resolver(_time).LookupAsync("a.example.com", DnsRecordType.A)).Kind);
    }

    [Theory]
    [InlineData(DnsResponseCode.ServerFailure)]
    [InlineData(DnsResponseCode.Refused)]
    public async Task Lookup_ServerCannotSay_NextIsAsked(object code)
    {
        _zone.Script = (server, query, _) => server == First ? Task.FromResult(DnsZone.Refusal(query, (DnsResponseCode)code)) : null;
        var answer = await _zone.Resolver(_time, 100, First, Second).LookupAsync("sip.example.com", DnsRecordType.A);
        Assert.Equal(DnsAnswerKind.Found, answer.Kind);
        Assert.Equal([First, Second], _zone.Asked.Select(a => a.Server));
    }

    [Fact]
    public async Task Lookup_NobodyListens_NextIsAsked()
    {
        _zone.Script = (server, _, _) =>
            server == First ? Task.FromException<DnsMessage>(new SocketException((int)SocketError.ConnectionRefused)) : null;
        var answer = await _zone.Resolver(_time, 100, First, Second).LookupAsync("sip.example.com", DnsRecordType.A);
        Assert.Equal(DnsAnswerKind.Found, answer.Kind);
    }

    [Fact]
    public async Task Lookup_ServersSilent_AreAskedTwiceAndTheFailureIsRememberedForAMoment()
    {
        _zone.Script = (_, _, cancellationToken) => Silence(cancellationToken);
        var dns = _zone.Resolver(_time, 100, First, Second);
        var lookup = dns.LookupAsync("sip.example.com", DnsRecordType.A);
        foreach (var seconds in new[] { 2, 2, 4, 4 })
        {
            await _time.UntilArmedAsync(1).WaitAsync(TimeSpan.FromSeconds(20));
            _time.Advance(TimeSpan.FromSeconds(seconds));
        }

        Assert.Equal(DnsAnswerKind.Failed, (await lookup.WaitAsync(TimeSpan.FromSeconds(20))).Kind);
        Assert.Equal([First, Second, First, Second], _zone.Asked.Select(a => a.Server));

        _zone.Script = (_, _, _) => null;
        Assert.Equal(DnsAnswerKind.Failed, (await dns.LookupAsync("sip.example.com", DnsRecordType.A)).Kind);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(DnsAnswerKind.Found, (await dns.LookupAsync("sip.example.com", DnsRecordType.A)).Kind);
    }

    [Fact]
    public async Task Lookup_ServerOfBeforeEdns_IsAskedWithoutIt()
    {
        _zone.Script = (_, query, _) =>
            query.HasEdns ? Task.FromResult(DnsZone.Refusal(query, DnsResponseCode.FormatError)) : null;
        Assert.Equal(DnsAnswerKind.Found, (await _zone.Resolver(_time).LookupAsync("sip.example.com", DnsRecordType.A)).Kind);
        Assert.Equal([true, false], _zone.Asked.Select(a => a.HasEdns));
    }

    [Fact]
    public async Task Lookup_ManyAtOnce_OneIsAskedAndAllAnswered()
    {
        var gate = new TaskCompletionSource();
        var asked = new TaskCompletionSource();
        _zone.Script = (_, query, _) =>
        {
            asked.TrySetResult();
            return Later(query);
        };
        var dns = _zone.Resolver(_time);
        using var impatient = new CancellationTokenSource();
        var given = dns.LookupAsync("sip.example.com", DnsRecordType.A, impatient.Token);
        var others = Enumerable.Range(0, 50).Select(_ => dns.LookupAsync("sip.example.com", DnsRecordType.A)).ToList();
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));

        // Who no longer waits takes nothing from the others.
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        gate.SetResult();
        Assert.All(await Task.WhenAll(others).WaitAsync(TimeSpan.FromSeconds(20)), a => Assert.Equal(DnsAnswerKind.NoData, a.Kind));
        Assert.Single(_zone.Asked);

        async Task<DnsMessage> Later(DnsQuery query)
        {
            await gate.Task;
            return DnsZone.Refusal(query, DnsResponseCode.NoError);
        }
    }

    [Fact]
    public async Task Lookup_NoServers_Fails()
    {
        var dns = new DnsResolver(() => [], _zone, _time, 100);
        Assert.Equal(DnsAnswerKind.Failed, (await dns.LookupAsync("sip.example.com", DnsRecordType.A)).Kind);
        Assert.Empty(_zone.Asked);
    }

    private static async Task<DnsMessage> Silence(CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource<DnsMessage>();
        await using var _ = cancellationToken.Register(() => ended.TrySetCanceled(cancellationToken));
        return await ended.Task;
    }
}
