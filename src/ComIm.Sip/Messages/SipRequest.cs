using System.Text;

namespace ComIm.Sip.Messages;

/// <summary>A request (RFC 3261 section 7.1).</summary>
public sealed class SipRequest : SipMessage
{
    private readonly ReadOnlyMemory<byte> _uriBytes;
    private string? _uriText;
    private SipUri? _requestUri;

    /// <summary>Makes a request without header fields.</summary>
    /// <param name="method">The method, such as <see cref="SipMethods.Message"/>.</param>
    /// <param name="requestUri">Where it goes.</param>
    public SipRequest(string method, SipUri requestUri)
        : this(method, requestUri?.ToString() ?? throw new ArgumentNullException(nameof(requestUri)), new HeaderCollection(8, 8), default)
    {
        if (!SipChars.IsToken(method))
        {
            throw new ArgumentException($"'{method}' is not a method.", nameof(method));
        }
    }

    internal SipRequest(string method, string requestUri, HeaderCollection headers, ReadOnlyMemory<byte> body)
        : base(headers, body)
    {
        Method = method;
        _uriText = requestUri;
    }

    /// <summary>A request that was received: its Request-URI stays bytes until somebody asks.</summary>
    internal SipRequest(string method, ReadOnlyMemory<byte> requestUri, HeaderCollection headers)
        : base(headers, default)
    {
        Method = method;
        _uriBytes = requestUri;
    }

    /// <summary>The method, case-sensitive.</summary>
    public string Method { get; }

    /// <summary>The Request-URI as it stands in the start line; it need not be a SIP URI.</summary>
    public string RequestUriText => _uriText ??= Encoding.UTF8.GetString(_uriBytes.Span);

    /// <summary>The Request-URI, or null where it is not a SIP or SIPS URI.</summary>
    public SipUri? RequestUri => _requestUri ??= SipUri.TryParse(RequestUriText, out var uri) ? uri : null;

    /// <summary>Max-Forwards, or null where it is missing or faulty.</summary>
    public int? MaxForwards =>
        SipNumber.TryParse(Headers.GetBytes(HeaderId.MaxForwards), out var value) && value <= 255 ? (int)value : null;

    /// <summary>Max-Breadth (RFC 5393 section 5), or null where it is missing, faulty or stands twice.</summary>
    public uint? MaxBreadth =>
        Headers.CountOf(HeaderId.MaxBreadth) == 1 && SipNumber.TryParse(Headers.GetBytes(HeaderId.MaxBreadth), out var value) ? value : null;

    /// <summary>Bytes on the wire, but for Content-Length where it is added on the way.</summary>
    internal int Length =>
        Encoding.UTF8.GetByteCount(Method) + (_uriText is null ? _uriBytes.Length : Encoding.UTF8.GetByteCount(_uriText)) + " SIP/2.0\r\n\r\n".Length + 1
        + Headers.MeasureBytes() + Body.Length;

    /// <summary>A copy that can be changed without changing this one, sent elsewhere.</summary>
    /// <param name="requestUri">Where the copy goes.</param>
    public SipRequest CopyTo(SipUri requestUri)
    {
        ArgumentNullException.ThrowIfNull(requestUri);
        return new(Method, requestUri.ToString(), Headers.Clone(), Body);
    }

    /// <summary>A copy that can be changed without changing this one.</summary>
    public SipRequest Copy() => new(Method, RequestUriText, Headers.Clone(), Body);

    private protected override void WriteStartLine(ref SipBufferWriter writer)
    {
        writer.WriteText(Method);
        writer.Write(" "u8);
        if (_uriText is null)
        {
            writer.Write(_uriBytes.Span);
        }
        else
        {
            writer.WriteText(_uriText);
        }

        writer.Write(" SIP/2.0\r\n"u8);
    }
}
