using ComIm.Sip.Messages;
using ComIm.Sip.Transport;
using static ComIm.Sip.Tests.Trace.TraceEntries;

namespace ComIm.Sip.Tests.Trace;

public sealed class SipTraceEntryTests
{
    [Fact]
    public void Of_MessageChangedLater_StaysWhatItWas()
    {
        var request = new SipRequest(SipMethods.Message, SipUri.Parse("sip:bob@example.com"));
        request.Headers.Add(HeaderId.Subject, "before");
        request.SetBody("text/plain", "hello"u8.ToArray());
        var entry = SipTraceEntry.Of(Start, true, Alice, Proxy, SipTransportKind.Udp, request);
        request.Headers.Set(HeaderId.Subject, "after");

        Assert.Contains("Subject: before\n", entry.Text, StringComparison.Ordinal);
        Assert.Contains("Content-Length: 5\n", entry.Text, StringComparison.Ordinal);
        Assert.Equal("MESSAGE sip:bob@example.com", entry.Summary);
    }

    [Fact]
    public void Of_ReceivedWithoutContentLength_AddsNone()
    {
        var received = SipParser.ParseDatagram(Received(Alice, Proxy, 0, Request("Subject: x\n", "hello")).Bytes).Message!;
        var entry = SipTraceEntry.Of(Start, false, Proxy, Alice, SipTransportKind.Udp, received);
        Assert.DoesNotContain("Content-Length", entry.Text, StringComparison.Ordinal);
        Assert.EndsWith("\n\nhello", entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_BodyThatIsNoText_IsCounted()
    {
        Assert.EndsWith("(3 bytes)", Sent(Alice, Proxy, 0, Request("Content-Type: application/octet-stream\n", "a\0b")).Text, StringComparison.Ordinal);
        Assert.EndsWith("(1 bytes)", Sent(Alice, Proxy, 0, Request("Content-Encoding: gzip\n", "x")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_BytesThatAreNoMessage_SaysSo()
    {
        var entry = Sent(Alice, Proxy, 0, "hello");
        Assert.Equal("(5 bytes that are no SIP message)", entry.Summary);
        Assert.Equal(entry.Summary, entry.Text);
    }
}
