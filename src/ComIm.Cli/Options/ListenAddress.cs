using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ComIm.Cli.Options;

/// <summary>Reads where a server listens: <c>127.0.0.1:5060</c>, <c>[::1]:5060</c>, <c>localhost:0</c>, or without a port.</summary>
internal static class ListenAddress
{
    private const int SipPort = 5060;

    /// <summary>Reads it.</summary>
    /// <param name="text">What the user wrote.</param>
    public static IPEndPoint Parse(string text)
    {
        var local = text.Replace("localhost", "127.0.0.1", StringComparison.OrdinalIgnoreCase);

        // The framework's address parser passes over the port behind a bracket.
        if (!local.Contains("]:", StringComparison.Ordinal) && IPAddress.TryParse(local, out var address) && IsInFull(address, local))
        {
            return new IPEndPoint(address, SipPort);
        }

        // The framework's parser takes an address without a port and means port 0, which the lines above have ruled out.
        return IPEndPoint.TryParse(local, out var endPoint) && IsInFull(endPoint.Address, local)
            ? endPoint
            : throw CliException.Usage(string.Create(
                CultureInfo.InvariantCulture,
                $"'{text}' is not an address to listen on: write it as 127.0.0.1:{SipPort} or [::1]:{SipPort}; port 0 takes a free one."));
    }

    // The framework also reads 5060 as an address, which is 0.0.19.196, and 127.0.0.010 as 127.0.0.8.
    private static bool IsInFull(IPAddress address, string text) =>
        address.AddressFamily != AddressFamily.InterNetwork || text.Split(':')[0] == address.ToString();
}
