using System.Runtime.InteropServices;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects;

/// <summary>A SIP request that an application sends through a signaling channel, or adds to one of ours.</summary>
[ComVisible(true)]
[Guid(UccClassIds.UccSignalingRequest)]
[ClassInterface(ClassInterfaceType.None)]
public class UccSignalingRequest : SignalingMessageObject, IUccSignalingRequest
{
    /// <summary>Makes a request of no type.</summary>
    public UccSignalingRequest()
        : base(UccCoclasses.UccSignalingRequest.Dispatch)
    {
    }

    /// <summary>A request.</summary>
    public override UCC_SIGNALING_MESSAGE_TYPE Type => UCC_SIGNALING_MESSAGE_TYPE.UCCSMT_REQUEST;

    /// <summary>The method.</summary>
    public UCC_SIGNALING_REQUEST_TYPE RequestType { get; set; }

    /// <summary>Whom it is for; null for the other side of the channel.</summary>
    public IUccUri? RequestUri { get; set; }
}
