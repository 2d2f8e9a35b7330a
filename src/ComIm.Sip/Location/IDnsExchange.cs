using System.Net;

namespace ComIm.Sip.Location;

/// <summary>One query to one server and its answer.</summary>
internal interface IDnsExchange
{
    /// <summary>Asks.</summary>
    /// <param name="server">Whom.</param>
    /// <param name="query">What.</param>
    /// <param name="cancellationToken">The end of patience.</param>
    /// <returns>A message that answers the query, and is whole.</returns>
    /// <exception cref="IOException">The server answers nonsense, or not to the end.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">It cannot be reached.</exception>
    Task<DnsMessage> AskAsync(IPEndPoint server, DnsQuery query, CancellationToken cancellationToken);
}
