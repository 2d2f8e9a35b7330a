using System.Text;

namespace ComIm.Sip.Messages;

/// <summary>What requests and responses have in common: header fields and a body (RFC 3261 section 7).</summary>
public abstract class SipMessage
{
    private TypedHeaders? _typed;

    private protected SipMessage(HeaderCollection headers, ReadOnlyMemory<byte> body)
    {
        Headers = headers;
        Body = body;
    }

    /// <summary>The header fields. Content-Length is not among those that are set: the writer adds it.</summary>
    public HeaderCollection Headers { get; }

    /// <summary>The body, as bytes; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Body { get; internal set; }

    /// <summary>Call-ID, or null where it is missing.</summary>
    public string? CallId => Headers.Get(HeaderId.CallId);

    /// <summary>CSeq, or null where it is missing or faulty.</summary>
    public CSeq? CSeq => Messages.CSeq.TryParse(Headers.GetBytes(HeaderId.CSeq), out var value) ? value : null;

    /// <summary>From, or null where it is missing or faulty.</summary>
    public NameAddress? From => Typed.From ??= NameAddress.TryParse(Headers.Get(HeaderId.From), out var value) ? value : null;

    /// <summary>To, or null where it is missing or faulty.</summary>
    public NameAddress? To => Typed.To ??= NameAddress.TryParse(Headers.Get(HeaderId.To), out var value) ? value : null;

    /// <summary>The topmost Via, or null where it is missing or faulty.</summary>
    public ViaHeader? TopVia => Typed.TopVia ??= ViaHeader.TryParseFirst(Headers.Get(HeaderId.Via), out var value) ? value : null;

    /// <summary>The first Contact, or null.</summary>
    public NameAddress? Contact =>
        Headers.GetValues(HeaderId.Contact) is [var first, ..] && NameAddress.TryParse(first, out var value) ? value : null;

    /// <summary>The body as UTF-8 text.</summary>
    public string BodyText => Encoding.UTF8.GetString(Body.Span);

    /// <summary>Sets body and Content-Type.</summary>
    /// <param name="contentType">The MIME type, such as <c>text/plain;charset=utf-8</c>.</param>
    /// <param name="body">The bytes; not copied.</param>
    public void SetBody(string contentType, ReadOnlyMemory<byte> body)
    {
        Headers.Set(HeaderId.ContentType, contentType);
        Headers.Remove(HeaderId.ContentLength);
        Body = body;
    }

    /// <summary>The message as it goes over the wire.</summary>
    public byte[] ToBytes()
    {
        var writer = new SipBufferWriter(1024);
        WriteTo(ref writer);
        var bytes = writer.Written.ToArray();
        writer.Dispose();
        return bytes;
    }

    /// <summary>The message as text, for reading; secrets are not blanked.</summary>
    public override string ToString() => Encoding.UTF8.GetString(ToBytes());

    /// <summary>A received message as it came: nothing is added that the peer left out.</summary>
    internal byte[] ToReceivedBytes()
    {
        var writer = new SipBufferWriter(1024);
        WriteTo(ref writer, addLength: false);
        var bytes = writer.Written.ToArray();
        writer.Dispose();
        return bytes;
    }

    internal void WriteTo(ref SipBufferWriter writer, bool addLength = true)
    {
        WriteStartLine(ref writer);
        Headers.WriteTo(ref writer);
        if (addLength && !Headers.Contains(HeaderId.ContentLength))
        {
            writer.Write("Content-Length: "u8);
            writer.WriteNumber(Body.Length);
            writer.Write("\r\n"u8);
        }

        writer.Write("\r\n"u8);
        writer.Write(Body.Span);
    }

    /// <summary>What has been read from the fields; begun afresh when they change.</summary>
    private TypedHeaders Typed => _typed is { } typed && typed.Version == Headers.Version ? typed : _typed = new TypedHeaders(Headers.Version);

    private protected abstract void WriteStartLine(ref SipBufferWriter writer);
}
