using System.Security.Cryptography;
using System.Text;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Bodies;

/// <summary>Puts parts together to a multipart (RFC 2046 section 5.1).</summary>
public sealed class MultipartWriter
{
    private readonly List<Part> _parts = [];
    private readonly string _subtype;

    /// <summary>Makes a multipart without parts.</summary>
    /// <param name="subtype"><c>mixed</c>, <c>alternative</c> with the plainest first, <c>related</c> with the root first …</param>
    /// <exception cref="ArgumentException">The subtype is not a token.</exception>
    public MultipartWriter(string subtype)
    {
        if (!SipChars.IsToken(subtype))
        {
            throw new ArgumentException($"'{subtype}' is not a media subtype.", nameof(subtype));
        }

        _subtype = subtype;
    }

    /// <summary>Adds a part.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="content">Its bytes; not copied.</param>
    /// <param name="headers">Further header fields, such as Content-ID; null for none.</param>
    public MultipartWriter Add(MediaType type, ReadOnlyMemory<byte> content, HeaderCollection? headers = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        var all = headers?.Clone() ?? new HeaderCollection(capacity: 2);
        all.Set(HeaderId.ContentType, type.ToString());
        _parts.Add(new Part(all, content));
        return this;
    }

    /// <summary>Gives a message this body.</summary>
    /// <param name="message">The message; its Content-Type is set.</param>
    public void WriteTo(SipMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var (type, content) = Write();
        message.SetBody(type.ToString(), content);
    }

    /// <summary>The body and its type, which names the boundary.</summary>
    /// <exception cref="InvalidOperationException">There are no parts: the grammar wants one.</exception>
    public (MediaType Type, byte[] Content) Write()
    {
        if (_parts.Count == 0)
        {
            throw new InvalidOperationException("A multipart needs at least one part.");
        }

        var boundary = NewBoundary();
        var delimiter = Encoding.ASCII.GetBytes("--" + boundary);
        var writer = new SipBufferWriter(1024);
        foreach (var part in _parts)
        {
            writer.Write(delimiter);
            writer.Write("\r\n"u8);
            part.Headers.WriteTo(ref writer);
            writer.Write("\r\n"u8);
            writer.Write(part.Content.Span);
            writer.Write("\r\n"u8);
        }

        writer.Write(delimiter);
        writer.Write("--\r\n"u8);
        var content = writer.Written.ToArray();
        writer.Dispose();
        return (new MediaType("multipart", _subtype).With("boundary", boundary), content);
    }

    // 96 random bits occur in no content by chance; a content that was made to hold them cannot know them. Looking costs
    // little and makes it certain.
    private string NewBoundary()
    {
        while (true)
        {
            var boundary = RandomNumberGenerator.GetHexString(24, lowercase: true);
            var bytes = Encoding.ASCII.GetBytes(boundary);
            if (_parts.TrueForAll(p => p.Content.Span.IndexOf(bytes) < 0))
            {
                return boundary;
            }
        }
    }

    private sealed record Part(HeaderCollection Headers, ReadOnlyMemory<byte> Content);
}
