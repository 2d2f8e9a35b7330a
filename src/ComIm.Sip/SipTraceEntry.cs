using System.Net;
using ComIm.Sip.Messages;
using ComIm.Sip.Trace;
using ComIm.Sip.Transport;

namespace ComIm.Sip;

/// <summary>One message on the wire. It holds the bytes, so it stays what it was when the message is changed afterwards.</summary>
/// <param name="Time">When.</param>
/// <param name="Sent">True for sent, false for received.</param>
/// <param name="Local">Our address.</param>
/// <param name="Remote">The peer's address.</param>
/// <param name="Transport">Over what.</param>
/// <param name="Bytes">The message as it went over the wire. Its secrets are not blanked; those of <see cref="Text"/> are.</param>
public sealed record SipTraceEntry(
    DateTimeOffset Time, bool Sent, IPEndPoint Local, IPEndPoint Remote, SipTransportKind Transport, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Takes down a message.</summary>
    /// <param name="time">When.</param>
    /// <param name="sent">True for sent, false for received.</param>
    /// <param name="local">Our address.</param>
    /// <param name="remote">The peer's address.</param>
    /// <param name="transport">Over what.</param>
    /// <param name="message">The message as it is now.</param>
    public static SipTraceEntry Of(
        DateTimeOffset time, bool sent, IPEndPoint local, IPEndPoint remote, SipTransportKind transport, SipMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new SipTraceEntry(time, sent, local, remote, transport, sent ? message.ToBytes() : message.ToReceivedBytes());
    }

    /// <summary>The start line without the version, in one line: <c>MESSAGE sip:bob@example.com</c> or <c>200 OK</c>.</summary>
    public string Summary => TraceText.Summary(Bytes);

    /// <summary>The message as text. What proves a password is replaced by asterisks, control characters by U+FFFD.</summary>
    public string Text => TraceText.Full(Bytes, withBody: true);
}
