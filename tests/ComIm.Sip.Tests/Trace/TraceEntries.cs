using System.Net;
using System.Text;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Tests.Trace;

/// <summary>Entries of messages that are written as text.</summary>
internal static class TraceEntries
{
    public static readonly DateTimeOffset Start = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly IPEndPoint Alice = new(new IPAddress([192, 0, 2, 1]), 5060);
    public static readonly IPEndPoint Proxy = new(new IPAddress([192, 0, 2, 2]), 5060);
    public static readonly IPEndPoint Bob = new(new IPAddress([192, 0, 2, 3]), 5060);

    public static readonly Dictionary<IPEndPoint, string> Names = new() { [Alice] = "alice", [Proxy] = "server", [Bob] = "bob" };

    public static SipTraceEntry Sent(IPEndPoint from, IPEndPoint to, double seconds, string text) => new(
        Start.AddSeconds(seconds), true, from, to, SipTransportKind.Udp, Bytes(text));

    public static SipTraceEntry Received(IPEndPoint from, IPEndPoint to, double seconds, string text) => new(
        Start.AddSeconds(seconds), false, to, from, SipTransportKind.Udp, Bytes(text));

    public static string Request(string headers, string body = "", string uri = "sip:bob@example.com") =>
        $"MESSAGE {uri} SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\nFrom: <sip:alice@example.com>;tag=1\nTo: <sip:bob@example.com>\nCall-ID: 1\nCSeq: 1 MESSAGE\n{headers}\n{body}";

    public static string Response(int status, string phrase, string headers = "") =>
        $"SIP/2.0 {status} {phrase}\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\nFrom: <sip:alice@example.com>;tag=1\nTo: <sip:bob@example.com>;tag=2\nCall-ID: 1\nCSeq: 1 MESSAGE\n{headers}\n";

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal));
}
