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

    /// <summary>Where the handler of requests runs: the thread pool, but in tests that own the clock.</summary>
    public TaskScheduler HandlerScheduler { get; init; } = TaskScheduler.Default;

    /// <summary>Where diagnostics go.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Called with every message sent or received, on the thread that does so: it may not block.</summary>
    public Action<SipTraceEntry>? Trace { get; init; }
}
