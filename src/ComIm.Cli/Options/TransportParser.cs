using System.CommandLine.Parsing;
using ComIm.Client.Accounts;

namespace ComIm.Cli.Options;

/// <summary>Reads <c>auto</c>, <c>udp</c>, <c>tcp</c> and <c>tls</c>.</summary>
internal static class TransportParser
{
    /// <summary>Reads one, and says what could have been written where it is none of them.</summary>
    /// <param name="result">The value of the option.</param>
    public static ImTransport Parse(ArgumentResult result)
    {
        var value = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";

        // Not TryParse alone: that would take numbers too.
        if (value.Length > 0 && char.IsLetter(value[0]) && Enum.TryParse<ImTransport>(value, ignoreCase: true, out var transport))
        {
            return transport;
        }

        result.AddError($"The transport '{value}' is not known: write auto, udp, tcp or tls.");
        return default;
    }
}
