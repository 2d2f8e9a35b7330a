using System.Net;

namespace ComIm.Sip.Location;

/// <summary>Nothing beside DNS.</summary>
internal sealed class NoLocalNames : ILocalNames
{
    /// <inheritdoc/>
    public IReadOnlyList<IPAddress> Find(string host) => [];

    /// <inheritdoc/>
    public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<IPAddress>>([]);
}
