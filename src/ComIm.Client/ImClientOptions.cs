using System.Net;
using ComIm.Sip.Transport;
using ComIm.Sip.Location;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ComIm.Client;

/// <summary>What an <see cref="ImClient"/> is given from outside.</summary>
public sealed record ImClientOptions
{
    /// <summary>The clock of every timer and timestamp.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where diagnostics go. Passwords are never written.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Called with every SIP message sent or received, secrets blanked; for transcripts and fault finding.</summary>
    public Action<ImTraceEntry>? Trace { get; init; }

    /// <summary>
    /// Whether <see cref="Trace"/> is to be called now; asked for every message. Null is always. A trace that is off costs nothing by it,
    /// and can still be switched on while accounts are signed in.
    /// </summary>
    public Func<bool>? IsTracing { get; init; }

    /// <summary>The name servers that servers are looked up with; null means those that this computer is set to use.</summary>
    public IReadOnlyList<IPEndPoint>? DnsServers { get; init; }

    /// <summary>
    /// Where each account keeps, in a folder of its own, its contacts, the rules for its watchers and the names of the messages that it
    /// has shown. Null keeps them in memory, for as long as the account is signed in.
    /// </summary>
    public string? DataDirectory { get; init; }

    /// <summary>
    /// Whether <see cref="DataDirectory"/> also keeps what was written, for <see cref="Accounts.ImAccount.History"/> of later runs: as plain
    /// text, in files that only the user may read.
    /// </summary>
    public bool KeepHistory { get; init; }

    /// <summary>
    /// How many messages each conversation keeps in memory, the newest of them; 10,000. Who holds many conversations in one process
    /// needs fewer. Receipts are heeded for as many of the last that were sent, and 1,000 at most.
    /// </summary>
    public int MessagesInMemory { get; init; } = 10_000;

    /// <summary>The name in the User-Agent header (RFC 3261 section 20.41).</summary>
    public string UserAgent { get; init; } = "ComIm/" + typeof(ImClientOptions).Assembly.GetName().Version!.ToString(3);

    /// <summary>The address of this computer from which another is reached.</summary>
    internal Func<IPEndPoint, IPAddress> LocalAddressTo { get; init; } = LocalRoute.AddressTo;

    /// <summary>Makes the transport to a server in place of the sockets; null for sockets.</summary>
    internal Func<SipTarget, ISipTransport>? BindTransport { get; init; }

    /// <summary>The device of accounts that name none. A client is one device; another in the same process is another.</summary>
    internal Guid InstanceId { get; init; }
}
