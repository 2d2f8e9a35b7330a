using System.Globalization;
using ComIm.Sip.Bodies;

namespace ComIm.Client.Messaging.Cpim;

/// <summary>
/// A message in the envelope of RFC 3862: who wrote it to whom and when, what is asked of its reader, and the content as a MIME
/// entity. It does not change.
/// </summary>
internal sealed class CpimMessage
{
    public const string ContentType = "message/cpim";

    private readonly IReadOnlyList<CpimHeader> _headers;

    private CpimMessage(IReadOnlyList<CpimHeader> headers, SipBody body)
    {
        _headers = headers;
        Body = body;
    }

    /// <summary>The content.</summary>
    public SipBody Body { get; }

    /// <summary>When it was written, where that is said and can be read (RFC 3339).</summary>
    public DateTimeOffset? DateTime => DateTimeOffset.TryParse(
        Get("DateTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var time) ? time : null;

    /// <summary>The value of a header of RFC 3862 itself; null where there is none.</summary>
    public string? Get(string name) => Get(string.Empty, name);

    /// <summary>The value of a header of an extension; null where there is none.</summary>
    /// <param name="space">The URN of its namespace.</param>
    /// <param name="name">Its name, without the prefix.</param>
    public string? Get(string space, string name) => _headers.FirstOrDefault(h => h.Space == space && h.Name == name)?.Value;

    /// <summary>Reads an envelope.</summary>
    /// <param name="bytes">The body.</param>
    /// <param name="rejection">Why it cannot be read; an unknown header that is required is a type that we do not know (section 2.7).</param>
    public static CpimMessage? Read(ReadOnlyMemory<byte> bytes, out BodyRejection rejection)
    {
        rejection = CpimHeader.ReadAll(bytes.Span, out var headers, out var length);
        if (rejection != BodyRejection.None)
        {
            return null;
        }

        if (headers.Any(h => h is { Space: "", Name: "Require" } && !CpimHeader.AreKnown(h.Value, headers)))
        {
            rejection = BodyRejection.UnsupportedMediaType;
            return null;
        }

        (var body, rejection) = SipBody.DecodeEntity(bytes[length..]);
        return body is null ? null : new CpimMessage(headers, body);
    }
}
