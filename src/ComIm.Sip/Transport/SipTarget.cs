using System.Net;

namespace ComIm.Sip.Transport;

/// <summary>The next hop of a message: a transport and an address.</summary>
/// <param name="Transport">Over what.</param>
/// <param name="EndPoint">Where to.</param>
public readonly record struct SipTarget(SipTransportKind Transport, IPEndPoint EndPoint)
{
    /// <summary>For logs: <c>TCP 127.0.0.1:5060</c>.</summary>
    public override string ToString() => $"{NameOf(Transport)} {EndPoint}";

    /// <summary>The name of a transport as Via has it.</summary>
    /// <param name="transport">The transport.</param>
    public static string NameOf(SipTransportKind transport) => transport switch
    {
        SipTransportKind.Udp => "UDP",
        SipTransportKind.Tcp => "TCP",
        _ => "TLS",
    };
}
