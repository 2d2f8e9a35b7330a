using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>The reasons of the UCC API as SIP statuses: they are the same numbers, but for what SIP has no answer for.</summary>
internal static class RejectReasons
{
    private const int Decline = 603;

    /// <summary>The status that answers an INVITE; what is not specified, or no reason at all, is a decline.</summary>
    public static int ToStatus(UCC_REJECT_OR_TERMINATE_REASON reason) =>
        reason != UCC_REJECT_OR_TERMINATE_REASON.UCCROTR_NOT_SPECIFIED && Enum.IsDefined(reason) ? (int)reason : Decline;

    /// <summary>The status that answers a MESSAGE: there is no 408 to it (RFC 4320 section 4.2), and nowhere to forward it to.</summary>
    public static int ToMessageStatus(UCC_REJECT_OR_TERMINATE_REASON reason) => ToStatus(reason) switch
    {
        303 or 408 => 480,
        var status => status,
    };
}
