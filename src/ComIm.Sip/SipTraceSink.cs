using System.Net;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip;

/// <summary>Where traces go. There is one only where somebody traces; nobody else pays for the copies it makes.</summary>
internal sealed class SipTraceSink(TimeProvider time, Action<SipTraceEntry> sink)
{
    public void Record(bool sent, ISipTransport transport, IPEndPoint remote, SipMessage message) =>
        sink(SipTraceEntry.Of(time.GetUtcNow(), sent, transport.LocalEndPoint, remote, transport.Kind, message));

    /// <summary>A message that was sent as these bytes, whose owner may use them again.</summary>
    public void RecordSent(ISipTransport transport, IPEndPoint remote, ReadOnlySpan<byte> bytes) =>
        sink(new SipTraceEntry(time.GetUtcNow(), true, transport.LocalEndPoint, remote, transport.Kind, bytes.ToArray()));
}
