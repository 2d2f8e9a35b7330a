using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Unicode;

namespace ComIm.Sip.Messages;

/// <summary>The parts of a Via value as they stand in its text (RFC 3261 section 25.1), found without allocating.</summary>
internal readonly ref struct ViaParts
{
    /// <summary>Bytes of a completed value that need no second try.</summary>
    private const int MaxCompleted = 1024;

    private ViaParts(ReadOnlySpan<char> text, ReadOnlySpan<char> transport, ReadOnlySpan<char> host, int? port, ReadOnlySpan<char> parameters)
    {
        Text = text;
        Transport = transport;
        Host = host;
        Port = port;
        Parameters = parameters;
    }

    /// <summary>The value, without what follows it.</summary>
    public ReadOnlySpan<char> Text { get; }

    public ReadOnlySpan<char> Transport { get; }

    public ReadOnlySpan<char> Host { get; }

    public int? Port { get; }

    /// <summary>Empty, or beginning with a semicolon.</summary>
    public ReadOnlySpan<char> Parameters { get; }

    /// <summary>Finds a parameter; its value is as it stands there.</summary>
    public bool TryFind(string name, out ReadOnlySpan<char> value) => ParameterText.TryFind(Parameters, name, out value, out _, out _);

    /// <summary>The value as the receiver completes it: received, and rport where it was asked for (RFC 3581 section 4).</summary>
    public byte[] WithSource(IPEndPoint source)
    {
        Span<byte> buffer = stackalloc byte[MaxCompleted];
        var sender = HostPort.WithoutScope(source.Address);
        var head = Text[..^Parameters.Length];
        var isAsked = ParameterText.TryFind(Parameters, "rport", out _, out var start, out var end);
        if (!isAsked && IsSentBy(sender))
        {
            return Encoding.UTF8.GetBytes(Text.ToArray());
        }

        // rport is moved behind the others: where it stands says nothing.
        var before = WithoutReceived(isAsked ? Parameters[..start] : Parameters);
        var after = isAsked ? WithoutReceived(Parameters[end..]) : default;
        var fits = isAsked
            ? Utf8.TryWrite(buffer, CultureInfo.InvariantCulture, $"{head}{before}{after};rport={source.Port};received={sender}", out var written)
            : Utf8.TryWrite(buffer, CultureInfo.InvariantCulture, $"{head}{before};received={sender}", out written);
        return fits ? buffer[..written].ToArray()
            : Encoding.UTF8.GetBytes($"{head}{before}{after}{(isAsked ? $";rport={source.Port}" : "")};received={sender}");
    }

    /// <summary>Reads the first value of a Via header.</summary>
    public static bool TryReadFirst(ReadOnlySpan<char> text, out ViaParts parts)
    {
        parts = default;
        var comma = HeaderValueList.IndexOfComma(text);
        var whole = SipChars.Trim(comma < 0 ? text : text[..comma]);
        var rest = whole;
        if (whole.ContainsAny(SipChars.LineBreaking))
        {
            // It is written back completed, and may not begin a line of its own then; nor does any Via hold a NUL.
            return false;
        }

        // sent-protocol: name SLASH version SLASH transport, white space allowed around each slash
        if (!TryReadPart(ref rest, out var name) || !name.Equals("SIP", StringComparison.OrdinalIgnoreCase)
            || !TryReadPart(ref rest, out var version) || version is not "2.0")
        {
            return false;
        }

        var end = rest.IndexOfAny(' ', '\t');
        if (end <= 0 || !SipChars.IsToken(rest[..end]))
        {
            return false;
        }

        var transport = rest[..end];
        rest = SipChars.Trim(rest[end..]);
        var semicolon = rest.IndexOf(';');
        var parameters = semicolon < 0 ? default : rest[semicolon..];
        if (!HostPort.TryRead(semicolon < 0 ? rest : rest[..semicolon], out var host, out var port))
        {
            return false;
        }

        parts = new ViaParts(whole, transport, host, port, parameters);
        return ParameterText.IsWellFormed(parameters);
    }

    private static ReadOnlySpan<char> WithoutReceived(ReadOnlySpan<char> parameters) =>
        ParameterText.TryFind(parameters, "received", out _, out var start, out var end)
            ? string.Concat(parameters[..start], parameters[end..])
            : parameters;

    private bool IsSentBy(IPAddress sender) =>
        (Host[0] == '[' || char.IsAsciiDigit(Host[0])) && sender.Equals(new HostPort(Host.ToString(), null).Address);

    private static bool TryReadPart(scoped ref ReadOnlySpan<char> text, out ReadOnlySpan<char> part)
    {
        var index = text.IndexOf('/');
        part = index < 0 ? default : SipChars.Trim(text[..index]);
        text = index < 0 ? text : SipChars.Trim(text[(index + 1)..]);
        return index >= 0;
    }
}
