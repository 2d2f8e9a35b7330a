using System.Text;
using ComIm.Sip.Tests.Bodies;
using ComIm.Sip.Tests.Location;

namespace ComIm.Sip.Tests.Fuzzing;

/// <summary>What the inputs are made of: real messages of each kind.</summary>
internal static class FuzzCorpus
{
    public static byte[][] Messages { get; } =
    [
        .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Data"), "*.*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".dat", StringComparison.Ordinal) || f.EndsWith(".sip", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes),
    ];

    /// <summary>Values of headers with challenges, credentials and proofs.</summary>
    public static byte[][] Credentials { get; } =
    [
        .. Messages.SelectMany(b => Encoding.UTF8.GetString(b).Split("\r\n"))
            .Where(l => l.Contains("Digest ", StringComparison.Ordinal))
            .Select(l => Encoding.UTF8.GetBytes(l[(l.IndexOf(':') + 1)..])),
        .. new[]
        {
            "Digest realm=\"example.com\", nonce=\"a\", algorithm=SHA-256, qop=\"auth,auth-int\", userhash=true, opaque=\"o\"",
            "Digest realm=\"example.com\", nonce=\"b\", algorithm=SHA-512-256-sess, qop=\"auth\", stale=true",
            "Digest realm=\"example.org\", nonce=\"c\", Digest realm=\"example.com\", nonce=\"d\", algorithm=MD5-sess, qop=\"auth\"",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>Messages without Content-Length, so that a mutation of the body changes its length too.</summary>
    public static byte[][] Bodies { get; } =
    [
        Message("text/plain;charset=utf-8", null, "h\u00E9llo"u8),
        Message("text/plain;charset=iso-8859-1", "gzip", BodyMessages.Compress("gzip", "hello hello hello hello hello"u8)),
        Message("text/plain", "deflate", BodyMessages.Compress("zlib", new byte[20_000])),
        Message("text/plain", "deflate, gzip", BodyMessages.Compress("gzip", BodyMessages.Compress("raw", "hello"u8))),
        Message("multipart/alternative;boundary=b", null, "--b\r\nContent-Type: text/plain\r\n\r\none\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>two\r\n--b--\r\n"u8),
        Message(
            "multipart/mixed;boundary=\"b\"",
            null,
            "preamble\r\n--b\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n--b\r\nContent-Type: multipart/related;boundary=c;start=\"<x>\"\r\n\r\n--c\r\nContent-ID: <x>\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=41=\r\nB\r\n--c--\r\n--b\r\nContent-Disposition: render;handling=optional\r\nContent-Type: image/png\r\n\r\nx\r\n--b--"u8),
    ];

    public static byte[][] Dns { get; } =
    [
        DnsBytes.ResponseTo("example.com", 1, answers: 3, authorities: 1)
            .Record("example.com", 5, 300, d => d.Name("alias.example.com"))
            .Record("alias.example.com", 1, 300, d => d.Raw(192, 0, 2, 1))
            .Record("alias.example.com", 28, 300, d => d.Raw(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1))
            .Record("example.com", 6, 300, d => d.Name("a").Name("b").UInt32(1).UInt32(2).UInt32(3).UInt32(4).UInt32(60))
            .ToArray(),
        DnsBytes.ResponseTo("_sip._udp.example.com", 33, answers: 1)
            .Pointer(12).UInt16(33).UInt16(1).UInt32(1).Data(d => d.UInt16(1).UInt16(2).UInt16(5060).Text("a").Pointer(22))
            .ToArray(),
        DnsBytes.ResponseTo("example.com", 35, answers: 1)
            .Record("example.com", 35, 300, d => d.UInt16(50).UInt16(20).Text("s").Text("SIP+D2U").Text("").Name("_sip._udp.example.com"))
            .ToArray(),
    ];

    private static byte[] Message(string type, string? coding, ReadOnlySpan<byte> body) =>
    [
        .. Encoding.ASCII.GetBytes($"""
            MESSAGE sip:bob@example.com SIP/2.0
            Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
            From: <sip:alice@example.com>;tag=a
            To: <sip:bob@example.com>
            Call-ID: a
            CSeq: 1 MESSAGE
            Content-Type: {type}
            {(coding is null ? "Subject: none" : "Content-Encoding: " + coding)}


            """.ReplaceLineEndings("\r\n")),
        .. body,
    ];
}
