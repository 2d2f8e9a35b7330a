using System.Net;

namespace ComIm.Sip.Messages;

/// <summary>One Via value: who sent a request, over what, and where its response goes (RFC 3261 section 20.42).</summary>
/// <param name="Transport">UDP, TCP, TLS, in upper case.</param>
/// <param name="SentBy">Host and port of the sender.</param>
/// <param name="Parameters">branch, received, rport …</param>
public sealed record ViaHeader(string Transport, HostPort SentBy, ParameterList Parameters)
{
    /// <summary>What a branch of RFC 3261 begins with (section 8.1.1.7).</summary>
    public const string MagicCookie = "z9hG4bK";

    /// <summary>The branch, or null.</summary>
    public string? Branch => Parameters.Get("branch");

    /// <summary>True where the branch names a transaction by the rules of RFC 3261, not of RFC 2543.</summary>
    public bool HasMagicCookie => Branch is { } branch && IsOfRfc3261(branch);

    /// <summary>Reads the first value of a Via header.</summary>
    /// <param name="text">The header's value.</param>
    /// <param name="value">The first Via, where it is one.</param>
    public static bool TryParseFirst(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ViaHeader? value)
    {
        value = null;
        if (!ViaParts.TryReadFirst(text, out var parts))
        {
            return false;
        }

        value = new ViaHeader(
            TransportName(parts.Transport), new HostPort(parts.Host.ToString(), parts.Port), new ParameterList(parts.Parameters.ToString()));
        return true;
    }

    /// <summary>The Via as the receiver completes it: received, and rport where it was asked for (RFC 3581 section 4).</summary>
    /// <param name="source">Where the request came from.</param>
    public ViaHeader WithSource(IPEndPoint source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return ViaParts.TryReadFirst(ToString(), out var parts) && TryParseFirst(System.Text.Encoding.UTF8.GetString(parts.WithSource(source)), out var completed) ? completed : this;
    }

    /// <summary>As it stands in a header.</summary>
    public override string ToString() => $"SIP/2.0/{Transport} {SentBy}{Parameters.Text}";

    internal static bool IsOfRfc3261(ReadOnlySpan<char> branch) =>
        branch.Length > MagicCookie.Length && branch.StartsWith(MagicCookie, StringComparison.OrdinalIgnoreCase);

    private static string TransportName(ReadOnlySpan<char> name) =>
        name.Equals("UDP", StringComparison.OrdinalIgnoreCase) ? "UDP"
        : name.Equals("TCP", StringComparison.OrdinalIgnoreCase) ? "TCP"
        : name.Equals("TLS", StringComparison.OrdinalIgnoreCase) ? "TLS"
        : name.ToString().ToUpperInvariant();
}
