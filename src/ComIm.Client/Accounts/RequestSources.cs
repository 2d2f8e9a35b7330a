using System.Net;
using ComIm.Sip.Location;
using Microsoft.Extensions.Logging;

namespace ComIm.Client.Accounts;

/// <summary>
/// Whether a request comes from the account's server. Nobody else vouches for what its From says, and whoever can send a datagram
/// to this computer can send one. Where several addresses have the server's name, as the nodes of a cluster do, they are looked up when
/// somebody unknown sends something, once a minute at most.
/// </summary>
internal sealed class RequestSources(ImAccount account, ServerSearch search)
{
    private const int MaxAddresses = 64;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly ILogger _log = account.Options.LoggerFactory.CreateLogger<RequestSources>();
    private readonly Lock _gate = new();
    private volatile HashSet<IPAddress> _known = [];
    private DateTimeOffset _lookedUp = DateTimeOffset.MinValue;
    private Task _lookup = Task.CompletedTask;

    /// <summary>Whether an address is the server's, as far as is known.</summary>
    /// <param name="source">Where a request came from.</param>
    public bool IsServer(IPAddress source) =>
        account.Settings.AcceptsDirectRequests || Plain(account.Agent.Outbound.EndPoint.Address).Equals(Plain(source)) || _known.Contains(Plain(source));

    /// <summary>Ends when it is known as well as it can be.</summary>
    public Task LookUpAsync()
    {
        lock (_gate)
        {
            var now = account.Options.TimeProvider.GetUtcNow();
            if (_lookup.IsCompleted && now - _lookedUp >= Pause)
            {
                _lookedUp = now;
                _lookup = Task.Run(FindAsync);
            }

            return _lookup;
        }
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private async Task FindAsync()
    {
        var found = new HashSet<IPAddress>();
        try
        {
            await foreach (var target in search.WalkAsync(static () => false).ConfigureAwait(false))
            {
                found.Add(Plain(target.EndPoint.Address));
                if (found.Count == MaxAddresses)
                {
                    break;
                }
            }
        }
        catch (SipLocationException e)
        {
            _log.LogDebug(e, "The addresses of {Server} cannot be looked up", search.Name);
        }

        _known = found;
        _log.LogWarning("Requests for {Address} come from elsewhere than from its server, and are refused where DNS does not name their source", account.Address);
    }
}
