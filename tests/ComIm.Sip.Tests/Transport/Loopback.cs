using System.Net;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Transport;

/// <summary>Loopback addresses of both families.</summary>
internal static class Loopback
{
    /// <summary>127.0.0.1 or ::1 with a port that is chosen at the bind; skips where there is no such address.</summary>
    public static IPEndPoint Any(bool ipv6)
    {
        if (ipv6)
        {
            Skip.IfNot(Requires.IPv6(out var reason), reason);
        }

        return new IPEndPoint(ipv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback, 0);
    }
}
