using System.Net;

namespace ComIm.Sip.Location;

/// <summary>The name servers in <c>/etc/resolv.conf</c>.</summary>
internal static class ResolvConf
{
    /// <summary>As many as the C library takes.</summary>
    public const int MaxServers = 3;

    private const int Port = 53;

    /// <summary>Reads the servers in their order.</summary>
    /// <param name="lines">The lines of the file.</param>
    public static IReadOnlyList<IPEndPoint> ReadServers(IEnumerable<string> lines)
    {
        var servers = new List<IPEndPoint>();
        foreach (var line in lines)
        {
            var words = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words is ["nameserver", var text, ..] && IPAddress.TryParse(text, out var address) && servers.Count < MaxServers)
            {
                servers.Add(new IPEndPoint(address, Port));
            }
        }

        return servers;
    }
}
