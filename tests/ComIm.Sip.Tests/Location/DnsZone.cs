using System.Collections.Concurrent;
using System.Net;
using ComIm.Sip.Location;

namespace ComIm.Sip.Tests.Location;

/// <summary>A name server in memory: knows its records, gives negative answers with SOA, and counts who asks what.</summary>
internal sealed class DnsZone : IDnsExchange
{
    public static readonly IPEndPoint Server = new(IPAddress.Loopback, 53);

    private readonly List<DnsRecord> _records = [];

    /// <summary>Every query, in its order.</summary>
    public ConcurrentQueue<(IPEndPoint Server, DnsQuestion Question, bool HasEdns)> Asked { get; } = [];

    /// <summary>How long "there is none" may be remembered; null gives no SOA.</summary>
    public TimeSpan? Negative { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Answers in place of the records, where it gives something.</summary>
    public Func<IPEndPoint, DnsQuery, CancellationToken, Task<DnsMessage>?> Script { get; set; } = (_, _, _) => null;

    public IEnumerable<string> AskedFor => Asked.Select(a => $"{a.Question.Type} {a.Question.Name}");

    public static DnsMessage Refusal(DnsQuery query, DnsResponseCode code) => new(query.Id, code, false, query.Question, [], []);

    public DnsZone Add(string name, DnsRecordType type, object data, int seconds = 300)
    {
        _records.Add(new DnsRecord(name, type, TimeSpan.FromSeconds(seconds), data));
        return this;
    }

    public DnsZone Address(string name, string address, int seconds = 300) => Add(
        name, address.Contains(':') ? DnsRecordType.Aaaa : DnsRecordType.A, IPAddress.Parse(address), seconds);

    public DnsZone Alias(string name, string other, int seconds = 300) => Add(name, DnsRecordType.Cname, other, seconds);

    public DnsZone Srv(string name, int priority, int weight, int port, string target, int seconds = 300) =>
        Add(name, DnsRecordType.Srv, new SrvData(priority, weight, port, target), seconds);

    public DnsZone Naptr(string name, int order, int preference, string services, string replacement, string flags = "s") =>
        Add(name, DnsRecordType.Naptr, new NaptrData(order, preference, flags, services, "", replacement));

    public DnsResolver Resolver(TimeProvider time, int capacity = 100, params IPEndPoint[] servers) =>
        new(() => servers.Length == 0 ? [Server] : servers, this, time, capacity);

    public SipLocator Locator(SipLocatorOptions? options = null) => new((options ?? new SipLocatorOptions()) with
    {
        DnsServers = [Server], Exchange = this, LocalNames = options?.LocalNames ?? new NoLocalNames(),
    });

    public Task<DnsMessage> AskAsync(IPEndPoint server, DnsQuery query, CancellationToken cancellationToken)
    {
        Asked.Enqueue((server, query.Question, query.HasEdns));
        return Script(server, query, cancellationToken) ?? Task.FromResult(Answer(query));
    }

    // One alias at a time, so that who asks has to follow.
    private DnsMessage Answer(DnsQuery query)
    {
        var own = _records.Where(r => r.Name == query.Question.Name).ToList();
        var answers = own.Where(r => r.Type == query.Question.Type || r.Type == DnsRecordType.Cname).ToList();
        IReadOnlyList<DnsRecord> soa = answers.Count == 0 && Negative is { } remembered
            ? [new DnsRecord("example.com", DnsRecordType.Soa, TimeSpan.FromHours(1), new SoaData(remembered))]
            : [];
        var code = own.Count > 0 ? DnsResponseCode.NoError : DnsResponseCode.NameError;
        return new DnsMessage(query.Id, code, false, query.Question, answers, soa);
    }
}
