using System.Runtime.InteropServices;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects;

/// <summary>A SIP response.</summary>
[ComVisible(true)]
[Guid(UccClassIds.UccSignalingResponse)]
[ClassInterface(ClassInterfaceType.None)]
public class UccSignalingResponse : SignalingMessageObject, IUccSignalingResponse
{
    /// <summary>Makes a response without a status, whose header fields go into a response of ours.</summary>
    public UccSignalingResponse()
        : this(0, "")
    {
    }

    internal UccSignalingResponse(short statusCode, string statusText)
        : base(UccCoclasses.UccSignalingResponse.Dispatch)
    {
        StatusCode = statusCode;
        StatusText = statusText;
    }

    /// <summary>A response.</summary>
    public override UCC_SIGNALING_MESSAGE_TYPE Type => UCC_SIGNALING_MESSAGE_TYPE.UCCSMT_RESPONSE;

    /// <summary>The SIP status; 0 where an application has made it.</summary>
    public short StatusCode { get; }

    /// <summary>The reason phrase.</summary>
    public string StatusText { get; }
}
