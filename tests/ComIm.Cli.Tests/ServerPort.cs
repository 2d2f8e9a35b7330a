using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace ComIm.Cli.Tests;

/// <summary>Finds the port in what <c>comim serve</c> and <c>comim demo</c> print.</summary>
internal static partial class ServerPort
{
    public static int Of(string text) =>
        int.Parse(AddressAndPort().Match(text).Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture);

    public static IPEndPoint EndPoint(string text) => new(IPAddress.Loopback, Of(text));

    [GeneratedRegex(@"127\.0\.0\.1:(\d+)")]
    private static partial Regex AddressAndPort();
}
