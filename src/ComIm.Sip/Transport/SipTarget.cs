using System.Net;

namespace ComIm.Sip.Transport;

/// <summary>The next hop of a message: a transport and an address.</summary>
/// <param name="Transport">Over what.</param>
/// <param name="EndPoint">Where to.</param>
public readonly record struct SipTarget(SipTransportKind Transport, IPEndPoint EndPoint)
{
    /// <summary>
    /// The domain or host that was asked for, before it was resolved: the name that a TLS certificate must prove (RFC 5922
    /// section 4). Null asks for the address itself; other transports do not look at it.
    /// </summary>
    public string? HostName { get; init; }

    /// <summary>
    /// True where only a connection that is already open may be used (a flow of RFC 5626): its peer connected to us, and
    /// nobody listens on the port it came from.
    /// </summary>
    public bool IsFlow { get; init; }

    /// <summary>For logs: <c>TCP 127.0.0.1:5060</c>.</summary>
    public override string ToString() =>
        HostName is null ? $"{NameOf(Transport)} {EndPoint}" : $"{NameOf(Transport)} {HostName} ({EndPoint})";

    /// <summary>The name of a transport as Via has it.</summary>
    /// <param name="transport">The transport.</param>
    public static string NameOf(SipTransportKind transport) => transport switch
    {
        SipTransportKind.Udp => "UDP",
        SipTransportKind.Tcp => "TCP",
        _ => "TLS",
    };

    /// <summary>The port where none is named (RFC 3261 section 19.1.2).</summary>
    /// <param name="transport">The transport.</param>
    public static int DefaultPortOf(SipTransportKind transport) => transport == SipTransportKind.Tls ? 5061 : 5060;
}
