using System.Runtime.CompilerServices;
using ComIm.Sip.Location;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Client.Accounts;

/// <summary>Where the server of an account may be, one place after another (RFC 3263).</summary>
internal sealed class ServerSearch
{
    private readonly SipLocator _locator;
    private readonly HostPort _server;
    private readonly SipServerQuery _query;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="ImException">The server is written in a way that cannot be read.</exception>
    public ServerSearch(ImAccountSettings settings, SipUri address, SipLocator locator)
    {
        _locator = locator;
        var text = settings.Server ?? address.HostPort.ToString();
        _server = HostPort.TryParse(text, out var server)
            ? server
            : throw ImException.Of(ImError.ServerNotFound, $"'{text}' is not a server.", "Write it as sip.example.com or 192.0.2.1:5060.");
        _query = new SipServerQuery(server, KindOf(settings.Transport), address.IsSecure);
    }

    /// <summary>The server as it was named.</summary>
    public string Name => _server.ToString();

    /// <summary>The host as it was named.</summary>
    public string Host => _server.Host;

    /// <summary>The places, one after another.</summary>
    /// <param name="isTlsOnly">Asked before each: whether what is not TLS is to be passed over.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SipLocationException">There is none.</exception>
    public async IAsyncEnumerable<SipTarget> WalkAsync(
        Func<bool> isTlsOnly, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var target in _locator.WalkAsync(_query, cancellationToken).ConfigureAwait(false))
        {
            if (target.Transport == SipTransportKind.Tls)
            {
                // The name that was asked for is the one that a certificate must prove, not one that DNS gave (RFC 5922 section 4).
                yield return target with { HostName = _server.Host };
            }
            else if (!isTlsOnly())
            {
                yield return target;
            }
        }
    }

    /// <summary>The transport that is prescribed; null where the server's domain chooses.</summary>
    public static SipTransportKind? KindOf(ImTransport transport) => transport switch
    {
        ImTransport.Udp => SipTransportKind.Udp,
        ImTransport.Tcp => SipTransportKind.Tcp,
        ImTransport.Tls => SipTransportKind.Tls,
        _ => null,
    };
}
