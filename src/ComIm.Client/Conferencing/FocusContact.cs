using ComIm.Sip.Messages;

namespace ComIm.Client.Conferencing;

/// <summary>Whether the other end of a session is a focus: it says so in its Contact (RFC 4579 section 4.1).</summary>
internal static class FocusContact
{
    /// <summary>The room's URI; null where the message does not come from a focus.</summary>
    public static SipUri? RoomOf(SipMessage message) =>
        message.Contact is { Uri: { } uri } contact && (contact.Parameters.Contains("isfocus") || uri.Parameters.Contains("isfocus"))
            ? uri.WithoutHeaders().WithoutParameter("isfocus")
            : null;

    /// <summary>
    /// The room of a focus that asks us in: it does so in its own name (RFC 4579 section 5.5), or else a person could have their
    /// messages shown as those of others.
    /// </summary>
    public static SipUri? RoomOfCaller(SipRequest invite) =>
        RoomOf(invite) is { } room && invite.From?.Uri is { } from && from.AddressOfRecord.Equals(room.AddressOfRecord) ? room : null;
}
