using System.Net;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip;

/// <summary>Where traces go. There is one only where somebody may trace, and it copies a message only where somebody does.</summary>
/// <param name="time">The clock.</param>
/// <param name="sink">Gets the messages.</param>
/// <param name="isOn">Whether it wants them now; null is always.</param>
internal sealed class SipTraceSink(TimeProvider time, Action<SipTraceEntry> sink, Func<bool>? isOn)
{
    public void Record(bool sent, ISipTransport transport, IPEndPoint remote, SipMessage message)
    {
        if (isOn?.Invoke() != false)
        {
            sink(SipTraceEntry.Of(time.GetUtcNow(), sent, transport.LocalEndPoint, remote, transport.Kind, message));
        }
    }

    /// <summary>A message that was sent as these bytes, whose owner may use them again.</summary>
    public void RecordSent(ISipTransport transport, IPEndPoint remote, ReadOnlySpan<byte> bytes)
    {
        if (isOn?.Invoke() != false)
        {
            sink(new SipTraceEntry(time.GetUtcNow(), true, transport.LocalEndPoint, remote, transport.Kind, bytes.ToArray()));
        }
    }
}
