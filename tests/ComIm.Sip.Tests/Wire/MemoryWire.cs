using System.Net;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Tests.Wire;

/// <summary>
/// Carries messages between transports of one test, each within the call that sends it: with a clock that stands still, what
/// a message causes has happened when its sending returns, handlers and continuations apart. Those are awaited.
/// </summary>
internal sealed class MemoryWire
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPEndPoint, MemoryTransport> _transports = [];
    private readonly List<SipMessage> _log = [];
    private readonly List<(Func<SipMessage, bool> Match, int Count, TaskCompletionSource<SipMessage> Seen)> _waiters = [];

    /// <summary>Which messages are lost.</summary>
    public Func<SipMessage, bool> Lose { get; set; } = _ => false;

    public MemoryTransport Attach(int port, SipTransportKind kind = SipTransportKind.Udp)
    {
        var transport = new MemoryTransport(this, new IPEndPoint(IPAddress.Loopback, port), kind);
        lock (_gate)
        {
            _transports.Add(transport.LocalEndPoint, transport);
        }

        return transport;
    }

    /// <summary>How many messages of a kind have been sent, lost ones too.</summary>
    public int Count(Func<SipMessage, bool> match)
    {
        lock (_gate)
        {
            return _log.Count(match);
        }
    }

    public int CountRequests(string method) => Count(m => m is SipRequest r && r.Method == method);

    public int CountResponses(int status, string method) => Count(m => m is SipResponse r && r.StatusCode == status && r.CSeq?.Method == method);

    /// <summary>Completes with a message of a kind once so many have been sent and delivered.</summary>
    public Task<SipMessage> SeenAsync(Func<SipMessage, bool> match, int count = 1)
    {
        var seen = new TaskCompletionSource<SipMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiters.Add((match, count, seen));
            CompleteWaiters();
        }

        return seen.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public async Task<SipRequest> RequestAsync(string method, int count = 1) =>
        (SipRequest)await SeenAsync(m => m is SipRequest r && r.Method == method, count);

    public async Task<SipResponse> ResponseAsync(int status, string method, int count = 1) =>
        (SipResponse)await SeenAsync(m => m is SipResponse r && r.StatusCode == status && r.CSeq?.Method == method, count);

    internal void Carry(MemoryTransport from, IPEndPoint to, byte[] bytes)
    {
        var parsed = SipParser.ParseDatagram(bytes);
        var message = parsed.Message ?? throw new InvalidOperationException("Not a message: " + parsed.Rejection);
        MemoryTransport? target;
        lock (_gate)
        {
            _transports.TryGetValue(to, out target);
        }

        if (!Lose(message))
        {
            target?.Deliver(from.LocalEndPoint, SipParser.ParseDatagram(bytes));
        }

        lock (_gate)
        {
            _log.Add(message);
            CompleteWaiters();
        }
    }

    private void CompleteWaiters()
    {
        foreach (var (match, count, seen) in _waiters)
        {
            var found = _log.Where(match).Take(count).ToList();
            if (found.Count == count)
            {
                seen.TrySetResult(found[^1]);
            }
        }

        _waiters.RemoveAll(w => w.Seen.Task.IsCompleted);
    }
}
