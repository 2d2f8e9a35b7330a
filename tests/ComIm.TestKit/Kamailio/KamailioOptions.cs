using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace ComIm.TestKit;

/// <summary>How a <see cref="KamailioServer"/> is set up.</summary>
public sealed record KamailioOptions
{
    /// <summary>User names and their passwords: alice, bob, carol and dave with <c>secret-</c> and the name, by default.</summary>
    public IReadOnlyDictionary<string, string> Passwords { get; init; } =
        new[] { "alice", "bob", "carol", "dave" }.ToDictionary(name => name, name => "secret-" + name);

    /// <summary>The digest algorithm of its challenges: MD5 or SHA-256.</summary>
    public string Algorithm { get; init; } = "MD5";

    /// <summary>False for a server that believes everybody, to be measured without digest.</summary>
    public bool RequiresDigest { get; init; } = true;

    /// <summary>Its shared memory, where its transactions are.</summary>
    public int SharedMegabytes { get; init; } = 64;

    /// <summary>Its certificate with the key; with it the server listens for TLS too.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The address to listen on; on Linux all of 127/8 are this machine's.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port to listen on, UDP and TCP; any free one by default. For a server that comes back where it was.</summary>
    public int? Port { get; init; }

    /// <summary>True for a presence agent (kamailio-presence-modules): PUBLISH and SUBSCRIBE end there, else they are forwarded.</summary>
    public bool HasPresence { get; init; }

    /// <summary>True where pidgin-sipe is to take it for a server of 2007 or later, and to speak of <c>m=message</c>; else of <c>m=x-ms-message</c>.</summary>
    public bool HasEventCategories { get; init; }

    /// <summary>True for messages to users who are away to be kept (msilo, in SQLite) and handed over, in their order, when they register.</summary>
    public bool KeepsMessages { get; init; }

    /// <summary>
    /// Another node with the same users: registrations are replicated between the two (dmq), and a client is reached through the
    /// node that it is connected to. The other names this one. They must not share an <see cref="Address"/>: it is how a node knows its own.
    /// </summary>
    public IPEndPoint? Twin { get; init; }
}
