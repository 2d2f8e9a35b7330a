using System.IO.Compression;
using System.Text;
using ComIm.Sip.Bodies;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Tests.Bodies;

/// <summary>Messages with bodies, the way they come in.</summary>
internal static class BodyMessages
{
    public static SipRequest Of(string? contentType, ReadOnlyMemory<byte> body, string? encoding = null)
    {
        var request = new SipRequest(SipMethods.Message, "sip:bob@example.com", new HeaderCollection(), body);
        if (contentType is not null)
        {
            request.Headers.Add(HeaderId.ContentType, contentType);
        }

        if (encoding is not null)
        {
            request.Headers.Add(HeaderId.ContentEncoding, encoding);
        }

        return request;
    }

    public static SipRequest Of(string? contentType, string body) => Of(contentType, Encoding.UTF8.GetBytes(body));

    public static byte[] Compress(string format, ReadOnlySpan<byte> bytes)
    {
        using var target = new MemoryStream();
        using (Stream stream = format switch
        {
            "gzip" => new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true),
            "zlib" => new ZLibStream(target, CompressionLevel.Optimal, leaveOpen: true),
            _ => new DeflateStream(target, CompressionLevel.Optimal, leaveOpen: true),
        })
        {
            stream.Write(bytes);
        }

        return target.ToArray();
    }

    public static string TextOf(SipBody body)
    {
        Assert.Equal(BodyRejection.None, body.ReadText(out var text));
        return text;
    }

    /// <summary>Lines to the form of the wire.</summary>
    public static string Lines(params string[] lines) => string.Join("\r\n", lines);
}
