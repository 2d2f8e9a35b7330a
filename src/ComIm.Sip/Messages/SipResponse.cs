namespace ComIm.Sip.Messages;

/// <summary>A response (RFC 3261 section 7.2).</summary>
public sealed class SipResponse : SipMessage
{
    /// <summary>Makes a response without header fields.</summary>
    /// <param name="statusCode">100 to 699.</param>
    /// <param name="reasonPhrase">The phrase; that of the RFC where null.</param>
    public SipResponse(int statusCode, string? reasonPhrase = null)
        : this(statusCode, reasonPhrase ?? ReasonPhrases.Of(statusCode), new HeaderCollection(6, 1), default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, 699);
        if (ReasonPhrase.AsSpan().ContainsAny(SipChars.LineBreaking))
        {
            throw new ArgumentException("A reason phrase cannot hold a line break.", nameof(reasonPhrase));
        }
    }

    internal SipResponse(int statusCode, string reasonPhrase, HeaderCollection headers, ReadOnlyMemory<byte> body)
        : base(headers, body)
    {
        StatusCode = statusCode;
        ReasonPhrase = reasonPhrase;
    }

    /// <summary>100 to 699.</summary>
    public int StatusCode { get; }

    /// <summary>The phrase as it came or was given.</summary>
    public string ReasonPhrase { get; }

    /// <summary>1xx.</summary>
    public bool IsProvisional => StatusCode < 200;

    /// <summary>2xx.</summary>
    public bool IsSuccess => StatusCode is >= 200 and < 300;

    /// <summary>Answers a request: copies Via, From, To, Call-ID and CSeq (RFC 3261 section 8.2.6.2).</summary>
    /// <param name="request">The request.</param>
    /// <param name="statusCode">100 to 699.</param>
    /// <param name="reasonPhrase">The phrase; that of the RFC where null.</param>
    /// <param name="toTag">The tag for To where the request has none; none for a 100.</param>
    public static SipResponse AnswerTo(SipRequest request, int statusCode, string? reasonPhrase = null, string? toTag = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        return AnswerWith(request, statusCode, reasonPhrase, toTag is null ? null : ";tag=" + toTag);
    }

    /// <summary>The same with the whole parameter, semicolon included.</summary>
    internal static SipResponse AnswerWith(SipRequest request, int statusCode, string? reasonPhrase, string? tagParameter)
    {
        var response = new SipResponse(statusCode, reasonPhrase);
        response.Headers.CopyFrom(request.Headers, HeaderId.Via);
        response.Headers.CopyFrom(request.Headers, HeaderId.From);
        response.Headers.CopyFrom(request.Headers, HeaderId.To, tagParameter is null || HasTag(request) ? null : tagParameter);
        response.Headers.CopyFrom(request.Headers, HeaderId.CallId);
        response.Headers.CopyFrom(request.Headers, HeaderId.CSeq);
        return response;
    }

    private static bool HasTag(SipRequest request)
    {
        Span<char> buffer = stackalloc char[512];
        return request.Headers.TryGetChars(HeaderId.To, buffer, out var to) && NameAddressParts.TryRead(to, out var parts)
            && ParameterText.TryFind(parts.Parameters, "tag", out _, out _, out _);
    }

    /// <summary>A copy that can be changed without changing this one, as a proxy needs to forward it.</summary>
    public SipResponse Copy() => new(StatusCode, ReasonPhrase, Headers.Clone(), Body);

    private protected override void WriteStartLine(ref SipBufferWriter writer)
    {
        writer.Write("SIP/2.0 "u8);
        writer.WriteNumber(StatusCode);
        writer.Write(" "u8);
        writer.WriteText(ReasonPhrase);
        writer.Write("\r\n"u8);
    }
}
