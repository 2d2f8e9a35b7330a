using System.Net;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip;

/// <summary>Where traces go.</summary>
internal sealed class SipTraceSink(TimeProvider time, Action<SipTraceEntry> sink)
{
    public void Record(bool sent, ISipTransport transport, IPEndPoint remote, SipMessage message) =>
        sink(new SipTraceEntry(time.GetUtcNow(), sent, transport.LocalEndPoint, remote, transport.Kind, message));
}
