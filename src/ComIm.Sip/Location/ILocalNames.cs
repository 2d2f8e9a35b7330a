using System.Net;

namespace ComIm.Sip.Location;

/// <summary>What this computer knows of hosts beside DNS.</summary>
internal interface ILocalNames
{
    /// <summary>The addresses in the hosts file; empty where the name is not there.</summary>
    /// <param name="host">The name.</param>
    IReadOnlyList<IPAddress> Find(string host);

    /// <summary>Asks the system's resolver.</summary>
    /// <param name="host">The name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Empty where it does not know the name either.</returns>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken);
}
