using ComIm.Sip.Messages;

namespace ComIm.Sip.Events;

/// <summary>The Event header (RFC 6665 section 8.2.1).</summary>
/// <param name="Package">The event package, templates included: <c>presence.winfo</c>.</param>
/// <param name="Id">The id parameter, or null.</param>
public sealed record EventHeader(string Package, string? Id)
{
    /// <summary>Reads the header of a message; null where it is missing.</summary>
    /// <param name="message">The message.</param>
    public static EventHeader? Of(SipMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var text = message.Headers.Get(HeaderId.Event);
        if (text is null)
        {
            return null;
        }

        var semicolon = text.IndexOf(';', StringComparison.Ordinal);
        var package = (semicolon < 0 ? text : text[..semicolon]).Trim();
        return package.Length == 0 ? null : new EventHeader(package, semicolon < 0 ? null : new ParameterList(text[semicolon..]).Get("id"));
    }

    /// <summary>As it stands in the header.</summary>
    public override string ToString() => Id is null ? Package : Package + ";id=" + Id;
}
