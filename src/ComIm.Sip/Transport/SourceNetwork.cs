using System.Net;
using System.Net.Sockets;

namespace ComIm.Sip.Transport;

/// <summary>What of an address counts as one source: one host has a whole /64 of IPv6 to choose from, and one address of IPv4.</summary>
public static class SourceNetwork
{
    /// <summary>The address by which a source is counted.</summary>
    /// <param name="address">Where something came from.</param>
    /// <returns>The address itself, as IPv4 where it is one; the first address of its /64 else.</returns>
    public static IPAddress Of(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return address;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }
}
