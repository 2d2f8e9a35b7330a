using System.Text;

namespace ComIm.Benchmarks;

/// <summary>The messages that are measured: sizes and header counts as in the comparison with other stacks.</summary>
internal static class Samples
{
    /// <summary>A MESSAGE request of about 576 bytes with 10 header fields and 2 Via values.</summary>
    public static byte[] Message { get; } = Bytes(
        """
        MESSAGE sip:bob@192.0.2.20:5060;transport=udp SIP/2.0
        Via: SIP/2.0/UDP proxy.example.com:5060;branch=z9hG4bK5d1f0a7be2c94c6d9a01.1
        Via: SIP/2.0/UDP 192.0.2.10:49152;branch=z9hG4bK74bf9e10c2d3a4b5;rport=49152;received=192.0.2.10
        Max-Forwards: 69
        From: "Alice" <sip:alice@example.com>;tag=49583a2bc1d0e9f8
        To: "Bob" <sip:bob@example.com>
        Call-ID: 5f1d3a7c9be04c6d8a12f3b4c5d6e7f8@192.0.2.10
        CSeq: 1 MESSAGE
        User-Agent: ComIm/0.1.0
        Content-Type: text/plain;charset=utf-8
        Content-Length: 60

        Can you look at the disk of the mail server? It is full now.
        """);

    /// <summary>A 200 OK of about 461 bytes.</summary>
    public static byte[] Response { get; } = Bytes(
        """
        SIP/2.0 200 OK
        Via: SIP/2.0/UDP proxy.example.com:5060;branch=z9hG4bK5d1f0a7be2c94c6d9a01.1;received=192.0.2.1
        Via: SIP/2.0/UDP 192.0.2.10:49152;branch=z9hG4bK74bf9e10c2d3a4b5;rport=49152;received=192.0.2.10
        From: "Alice" <sip:alice@example.com>;tag=49583a2bc1d0e9f8
        To: "Bob" <sip:bob@example.com>;tag=9fb3c1d7e5a2
        Call-ID: 5f1d3a7c9be04c6d8a12f3b4c5d6e7f8@192.0.2.10
        CSeq: 1 MESSAGE
        Server: ComIm/0.1.0
        Content-Length: 0


        """);

    /// <summary>An INVITE with SDP of about 983 bytes.</summary>
    public static byte[] Invite { get; } = Bytes(
        """
        INVITE sip:bob@example.com SIP/2.0
        Via: SIP/2.0/TCP client.example.com:5060;branch=z9hG4bK74bf9e10c2d3a4b5
        Max-Forwards: 70
        Route: <sip:ss1.example.com;lr>, <sip:ss2.example.com;lr>
        From: "Alice" <sip:alice@example.com>;tag=49583a2bc1d0e9f8
        To: "Bob" <sip:bob@example.com>
        Call-ID: 5f1d3a7c9be04c6d8a12f3b4c5d6e7f8@client.example.com
        CSeq: 1 INVITE
        Contact: <sip:alice@client.example.com;transport=tcp>
        Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, MESSAGE, INFO, NOTIFY, REFER
        Supported: timer, replaces, gruu, outbound
        Session-Expires: 1800
        User-Agent: ComIm/0.1.0
        Content-Type: application/sdp
        Content-Length: 284

        v=0
        o=alice 2890844526 2890844526 IN IP4 client.example.com
        s=session
        c=IN IP4 192.0.2.101
        t=0 0
        m=message 5060 sip null
        a=accept-types:text/plain text/html multipart/alternative message/cpim application/im-iscomposing+xml
        a=setup:active
        a=connection:new
        a=x-padding-to-size:0000
        """);

    /// <summary>A MESSAGE of about 230 bytes in compact form.</summary>
    public static byte[] Compact { get; } = Bytes(
        """
        MESSAGE sip:bob@example.com SIP/2.0
        v:SIP/2.0/UDP 192.0.2.10;branch=z9hG4bK74bf9e10;rport
        f:<sip:alice@example.com>;tag=49583a2b
        t:<sip:bob@example.com>
        i:5f1d3a7c9be04c6d
        CSeq:1 MESSAGE
        Max-Forwards:70
        c:text/plain
        l:5

        hello
        """);

    private static byte[] Bytes(string text)
    {
        var lines = text.ReplaceLineEndings("\r\n");
        var head = lines.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(head < 0 ? lines + "\r\n\r\n" : lines);
    }
}
