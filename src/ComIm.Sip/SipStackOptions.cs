using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ComIm.Sip;

/// <summary>What a <see cref="SipStack"/> is given from outside.</summary>
public sealed record SipStackOptions
{
    /// <summary>The clock of every timer.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The transaction timers.</summary>
    public SipTimers Timers { get; init; } = SipTimers.Default;

    /// <summary>What is too much.</summary>
    public SipLimits Limits { get; init; } = SipLimits.Default;

    /// <summary>
    /// How many server transactions are remembered at a time; 400,000, that is 12,500 requests a second for the 32 s that each is
    /// remembered over UDP. Above it new requests are answered 503 with Retry-After, and nothing is kept of them (RFC 3261 section
    /// 8.2.7, 21.5.4). Retransmissions, ACKs and what is under way go on.
    /// </summary>
    public int MaxServerTransactions { get; init; } = 400_000;

    /// <summary>
    /// The same for one source: an IPv4 address, or a /64 of IPv6; 350,000, so that one busy neighbour (10,000 requests a second)
    /// is served, and leaves room for others.
    /// </summary>
    public int MaxServerTransactionsPerSource { get; init; } = 350_000;

    /// <summary>Where the handler of requests runs: the thread pool, but in tests that own the clock.</summary>
    public TaskScheduler HandlerScheduler { get; init; } = TaskScheduler.Default;

    /// <summary>Where diagnostics go.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Called with every message sent or received, on the thread that does so: it may not block.</summary>
    public Action<SipTraceEntry>? Trace { get; init; }
}
