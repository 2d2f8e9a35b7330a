using System.Globalization;
using ComIm.Sip.Messages;

namespace ComIm.Client.Conferencing;

/// <summary>
/// What a focus says of a message that it passes on: who speaks, asserted as in RFC 3325 or named as in Microsoft's conferences
/// (MS-CONFIM section 2.2.2), and its number in the room.
/// </summary>
internal static class RoomSpeaker
{
    /// <summary>Who speaks; the room itself where it does not say.</summary>
    public static NameAddress Of(SipRequest request) =>
        NameAddress.TryParse(request.Headers.Get("P-Asserted-Identity"), out var asserted) && asserted.Uri is not null ? asserted
        : NameAddress.TryParse(request.Headers.Get("Ms-Sender"), out var named) && named.Uri is not null ? named
        : request.From!;

    /// <summary>The message's number; null where it has none.</summary>
    public static long? NumberOf(SipRequest request) =>
        long.TryParse(request.Headers.Get("Message-Id"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
