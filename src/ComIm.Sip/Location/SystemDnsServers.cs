using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace ComIm.Sip.Location;

/// <summary>The name servers that this computer is set to use. They are read again from time to time, since laptops travel.</summary>
internal sealed class SystemDnsServers(TimeProvider time)
{
    private const string ResolvConfPath = "/etc/resolv.conf";
    private const int Port = 53;
    private const int MaxServers = 6;
    private static readonly TimeSpan ReadAgainAfter = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private IReadOnlyList<IPEndPoint>? _servers;
    private long _readAt;

    /// <summary>The servers in their order; empty where none is known.</summary>
    public IReadOnlyList<IPEndPoint> Get()
    {
        lock (_gate)
        {
            if (_servers is null || time.GetElapsedTime(_readAt) >= ReadAgainAfter)
            {
                _servers = Read();
                _readAt = time.GetTimestamp();
            }

            return _servers;
        }
    }

    private static IReadOnlyList<IPEndPoint> Read()
    {
        try
        {
            return OperatingSystem.IsWindows() ? ReadInterfaces() : ResolvConf.ReadServers(File.ReadLines(ResolvConfPath));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NetworkInformationException)
        {
            return [];
        }
    }

    private static IReadOnlyList<IPEndPoint> ReadInterfaces() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(i => i.OperationalStatus == OperationalStatus.Up && i.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .Select(i => i.GetIPProperties())
            .OrderByDescending(p => p.GatewayAddresses.Count > 0)
            .SelectMany(p => p.DnsAddresses)
            .Where(IsUsable)
            .Distinct()
            .Take(MaxServers)
            .Select(a => new IPEndPoint(a, Port)),
    ];

    // fec0:0:0:ffff::1 to 3 are what Windows names where an interface has none.
    private static bool IsUsable(IPAddress address) =>
        address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6 && !address.IsIPv6SiteLocal;
}
