using ComIm.Sip;
using ComIm.Sip.Transport;

namespace ComIm.Client;

/// <summary>One SIP message on the wire, as a transcript shows it. What nobody looks at is not written out.</summary>
public sealed class ImTraceEntry
{
    private readonly SipTraceEntry _entry;

    internal ImTraceEntry(SipTraceEntry entry) => _entry = entry;

    /// <summary>When it was sent or received.</summary>
    public DateTimeOffset Time => _entry.Time;

    /// <summary>True for a message sent, false for one received.</summary>
    public bool Sent => _entry.Sent;

    /// <summary>The local address and port.</summary>
    public string Local => _entry.Local.ToString();

    /// <summary>The peer's address and port.</summary>
    public string Remote => _entry.Remote.ToString();

    /// <summary>UDP, TCP or TLS.</summary>
    public string Transport => SipTarget.NameOf(_entry.Transport);

    /// <summary>The start line: <c>MESSAGE sip:bob@example.com</c> or <c>200 OK</c>.</summary>
    public string Summary => _entry.Summary;

    /// <summary>The whole message with secrets blanked.</summary>
    public string Text => _entry.Text;

    /// <summary>In one line: where it went, and its start line.</summary>
    public override string ToString() => $"{Local} {(Sent ? "->" : "<-")} {Remote} {Transport}  {Summary}";

    internal static ImTraceEntry Of(SipTraceEntry entry) => new(entry);
}
