using System.Net;
using ComIm.Sip.Transport;
using ComIm.Sip.Transport.Tls;

namespace ComIm.Client.Accounts;

/// <summary>What an account sends and receives over.</summary>
/// <param name="Main">The transport to the server.</param>
/// <param name="All">It and, beside UDP, TCP on the same port: for what is too large for a datagram (RFC 3261 section 18.1.1).</param>
internal sealed record AccountTransports(ISipTransport Main, IReadOnlyList<ISipTransport> All)
{
    /// <summary>Binds on the local address from which the server is reached.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">There is no way to the server.</exception>
    public static async Task<AccountTransports> BindAsync(SipTarget server, ImAccountSettings settings, ImClientOptions client)
    {
        if (client.BindTransport is { } bind)
        {
            return Of(bind(server));
        }

        var local = new IPEndPoint(client.LocalAddressTo(server.EndPoint), 0);
        var options = new SipTransportOptions { TimeProvider = client.TimeProvider };
        switch (server.Transport)
        {
            case SipTransportKind.Udp:
                var (udp, tcp) = await TransportPair.BindAsync(local, options).ConfigureAwait(false);
                return new AccountTransports(udp, [udp, tcp]);
            case SipTransportKind.Tcp:
                return Of(new TcpTransport(local, options));
            default:
                var tls = new TlsOptions { Certificate = settings.Certificate, TrustedRoots = settings.TrustedRoots };
                return Of(new TlsTransport(local, tls, options));
        }
    }

    public static ImTransport NameOf(SipTransportKind kind) => kind switch
    {
        SipTransportKind.Udp => ImTransport.Udp,
        SipTransportKind.Tcp => ImTransport.Tcp,
        _ => ImTransport.Tls,
    };

    /// <summary>Whether a server is still reached over them: from this host's address, by their kind.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">There is no way to the server.</exception>
    public bool Reach(SipTarget server, ImClientOptions client) =>
        Main.Kind == server.Transport && Main.LocalEndPoint.Address.Equals(client.LocalAddressTo(server.EndPoint));

    private static AccountTransports Of(ISipTransport transport) => new(transport, [transport]);
}
