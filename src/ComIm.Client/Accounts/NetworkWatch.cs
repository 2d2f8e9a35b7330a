using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace ComIm.Client.Accounts;

/// <summary>Tells when this computer has got another address, as far as its system says so.</summary>
internal sealed class NetworkWatch : IDisposable
{
    private readonly Action _changed;

    public NetworkWatch(Action changed, ILogger log)
    {
        _changed = changed;
        try
        {
            NetworkChange.NetworkAddressChanged += OnChanged;
        }
        catch (Exception e) when (e is NetworkInformationException or SocketException or PlatformNotSupportedException)
        {
            log.LogWarning(e, "Changes of the network are not told here; lost connections are found by keep-alive and by refreshes");
        }
    }

    public void Dispose() => NetworkChange.NetworkAddressChanged -= OnChanged;

    private void OnChanged(object? sender, EventArgs e) => _changed();
}
