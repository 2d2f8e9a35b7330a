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
    /// How many server transactions are remembered at a time; 1,000,000, that is 31,250 requests a second for the 32 s that each is
    /// remembered over UDP. Above it new requests are answered 503 with Retry-After, and nothing is kept of them (RFC 3261 section
    /// 8.2.7, 21.5.4). Retransmissions, ACKs and what is under way go on.
    /// </summary>
    public int MaxServerTransactions { get; init; } = 1_000_000;

    /// <summary>
    /// The same for one source: an IPv4 address, or a /64 of IPv6; 900,000, so that one busy neighbour (28,000 requests a second)
    /// is served, and leaves room for others.
    /// </summary>
    public int MaxServerTransactionsPerSource { get; init; } = 900_000;

    /// <summary>
    /// How many bytes the answers of these may take; 512 MiB, what a million of the usual size take. Above it new requests are refused in the
    /// same way.
    /// </summary>
    public long MaxRememberedBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>Where the handler of requests runs: the thread pool, but in tests that own the clock.</summary>
    public TaskScheduler HandlerScheduler { get; init; } = TaskScheduler.Default;

    /// <summary>Where diagnostics go.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Called with every message sent or received, on the thread that does so: it may not block.</summary>
    public Action<SipTraceEntry>? Trace { get; init; }

    /// <summary>
    /// Whether <see cref="Trace"/> is to be called now; asked for every message, before it is copied. Null is always. It is for who can
    /// switch a trace on while the stack is in use, and is to pay nothing until then.
    /// </summary>
    public Func<bool>? IsTracing { get; init; }
}
