using System.Net;
using System.Net.Sockets;

namespace ComIm.Sip.Location;

/// <summary>The hosts file and the resolver of the operating system.</summary>
internal sealed class SystemNames : ILocalNames
{
    /// <inheritdoc/>
    public IReadOnlyList<IPAddress> Find(string host) => HostsFile.Find(host);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        // What is no address by the grammar of SIP, as 5060 or 0x7f.1, is no name either; the resolver would make an address of it.
        if (IPAddress.TryParse(host, out _))
        {
            return [];
        }

        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return [];
        }
    }
}
