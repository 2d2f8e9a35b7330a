namespace ComIm.Client;

/// <summary>One SIP message on the wire, as a transcript shows it.</summary>
/// <param name="Time">When it was sent or received.</param>
/// <param name="Sent">True for a message sent, false for one received.</param>
/// <param name="Local">The local address and port.</param>
/// <param name="Remote">The peer's address and port.</param>
/// <param name="Transport">UDP, TCP or TLS.</param>
/// <param name="Summary">The start line: <c>MESSAGE sip:bob@example.com</c> or <c>200 OK</c>.</param>
/// <param name="Text">The whole message with secrets blanked.</param>
public sealed record ImTraceEntry(
    DateTimeOffset Time, bool Sent, string Local, string Remote, string Transport, string Summary, string Text)
{
    internal static ImTraceEntry Of(Sip.SipTraceEntry entry) => new(
        entry.Time,
        entry.Sent,
        entry.Local.ToString(),
        entry.Remote.ToString(),
        Sip.Transport.SipTarget.NameOf(entry.Transport),
        entry.Summary,
        entry.Text);
}
