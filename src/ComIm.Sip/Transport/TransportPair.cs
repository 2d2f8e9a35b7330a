using System.Net;
using System.Net.Sockets;

namespace ComIm.Sip.Transport;

/// <summary>UDP and TCP on the same port: who takes requests over one must take them over the other (RFC 3261 section 18.1.1, 18.2.1).</summary>
public static class TransportPair
{
    private const int PortAttempts = 20;

    /// <summary>Binds both.</summary>
    /// <param name="local">Address and port; port 0 takes one that is free for both.</param>
    /// <param name="options">The clock and the limits.</param>
    /// <exception cref="SocketException">The port is taken or the address is not this host's.</exception>
    public static async Task<(UdpTransport Udp, TcpTransport Tcp)> BindAsync(IPEndPoint local, SipTransportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(local);
        for (var attempt = 1; ; attempt++)
        {
            var udp = new UdpTransport(local, options);
            try
            {
                return (udp, new TcpTransport(udp.LocalEndPoint, options));
            }
            catch (SocketException e)
            {
                await udp.DisposeAsync().ConfigureAwait(false);

                // A port that was free for UDP may be taken for TCP; another is tried unless one was asked for.
                if (local.Port != 0 || e.SocketErrorCode != SocketError.AddressAlreadyInUse || attempt == PortAttempts)
                {
                    throw;
                }
            }
        }
    }
}
