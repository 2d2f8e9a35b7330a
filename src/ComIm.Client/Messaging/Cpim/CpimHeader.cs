using System.Globalization;
using System.Text;
using ComIm.Sip.Bodies;

namespace ComIm.Client.Messaging.Cpim;

/// <summary>One message header of RFC 3862 section 2: its namespace (empty for those of the RFC itself), name and value.</summary>
internal sealed record CpimHeader(string Space, string Name, string Value)
{
    private const int MaxLength = 16 * 1024;
    private const int MaxCount = 64;

    private static readonly string[] Own = ["From", "To", "cc", "DateTime", "Subject", "NS", "Require"];
    private static readonly string[] OfImdn = ["Message-ID", "Disposition-Notification", "Original-To", "IMDN-Record-Route", "IMDN-Route"];

    /// <summary>Reads the headers up to the empty line behind them.</summary>
    /// <param name="bytes">The envelope.</param>
    /// <param name="headers">The headers, in their order.</param>
    /// <param name="length">How many bytes they take, the empty line included.</param>
    public static BodyRejection ReadAll(ReadOnlySpan<byte> bytes, out List<CpimHeader> headers, out int length)
    {
        headers = [];
        length = 0;
        var spaces = new Dictionary<string, string>(StringComparer.Ordinal);
        while (length < bytes.Length)
        {
            var end = bytes[length..].IndexOf((byte)'\n');
            if (end < 0)
            {
                break;
            }

            var line = Encoding.UTF8.GetString(bytes.Slice(length, end)).TrimEnd('\r');
            length += end + 1;
            if (line.Length == 0)
            {
                return BodyRejection.None;
            }

            if (length > MaxLength || headers.Count == MaxCount)
            {
                return BodyRejection.PartHeaderTooLong;
            }

            if (!TryAdd(line, spaces, headers))
            {
                return BodyRejection.InvalidPartHeader;
            }
        }

        // Without the empty line there is no content.
        return BodyRejection.InvalidPartHeader;
    }

    /// <summary>Whether every header that a Require names is one that is understood here.</summary>
    public static bool AreKnown(string required, List<CpimHeader> headers) => required
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .All(name => Own.Contains(name) || (name.Split('.') is [var prefix, var local] && OfImdn.Contains(local)
            && headers.Any(h => h.Name == "NS" && ReadNamespace(h.Value) is (var p, ImdnNames.Space) && p == prefix)));

    /// <summary>A value with what would end its line escaped (section 2.3.1).</summary>
    public static string Escape(string value)
    {
        var escaped = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            _ = c == '\\' ? escaped.Append(@"\\")
                : char.IsControl(c) ? escaped.Append(@"\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture))
                : escaped.Append(c);
        }

        return escaped.ToString();
    }

    // name *( ";" parameter ) ":" SP value; parameters say a language at most.
    private static bool TryAdd(string line, Dictionary<string, string> spaces, List<CpimHeader> headers)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
        {
            return false;
        }

        var name = line[..colon].Split(';')[0].Trim();
        var value = Unescape(line[(colon + 1)..].Trim());
        if (name == "NS" && ReadNamespace(value) is var (prefix, uri))
        {
            spaces[prefix] = uri;
        }

        // A name without a prefix is in the namespace that was declared without one, the RFC's own to begin with.
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var (space, local) = dot < 0 ? (string.Empty, name) : (name[..dot], name[(dot + 1)..]);
        headers.Add(new CpimHeader(Own.Contains(local) && dot < 0 ? string.Empty : spaces.GetValueOrDefault(space, space), local, value));
        return true;
    }

    // [ prefix SP ] "<" URI ">" (section 4.6).
    private static (string Prefix, string Uri)? ReadNamespace(string value)
    {
        var open = value.IndexOf('<', StringComparison.Ordinal);
        var close = value.IndexOf('>', StringComparison.Ordinal);
        return open >= 0 && close > open ? (value[..open].Trim(), value[(open + 1)..close].Trim()) : null;
    }

    private static string Unescape(string value)
    {
        if (!value.Contains('\\', StringComparison.Ordinal))
        {
            return value;
        }

        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\' || i + 1 == value.Length)
            {
                text.Append(value[i]);
                continue;
            }

            i++;
            if (value[i] == 'u' && i + 4 < value.Length
                && ushort.TryParse(value.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                text.Append((char)code);
                i += 4;
            }
            else
            {
                text.Append(value[i] switch { 't' => '\t', 'r' => '\r', 'n' => '\n', 'b' => '\b', var other => other });
            }
        }

        return text.ToString();
    }
}
