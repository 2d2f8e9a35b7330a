using ComIm.Sip.Messages;

namespace ComIm.Sip.Dialogs;

/// <summary>
/// The Reason of a BYE (RFC 3326): that its sender had lost the other side, which may still be there and may then come back, and has not
/// been put out.
/// </summary>
public static class ByeReason
{
    private const string HeaderName = "Reason";
    private const string LostCause = "cause=408";

    /// <summary>Says in a BYE that its receiver was lost.</summary>
    public static void AddLost(SipRequest bye)
    {
        ArgumentNullException.ThrowIfNull(bye);
        bye.Headers.Add(HeaderName, $"SIP;{LostCause};text=\"Request Timeout\"");
    }

    /// <summary>Whether a session was ended by a peer who says that it had lost us.</summary>
    public static bool IsLost(SessionEnd ending)
    {
        ArgumentNullException.ThrowIfNull(ending);
        return ending is { Reason: SessionEndReason.RemoteBye, Cause: { } bye }
            && bye.Headers.Get(HeaderName)?.Split(';', StringSplitOptions.TrimEntries) is ["SIP", .. var parameters]
            && parameters.Contains(LostCause, StringComparer.OrdinalIgnoreCase);
    }
}
