using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip;

/// <summary>How a request ended. A refusal is a result, not an exception: a 486 is normal life.</summary>
/// <param name="Response">The final response; one of our own where <see cref="Failure"/> is set.</param>
/// <param name="Failure">Why no response came from the peer: nobody answered (408) or the network failed (503); else null.</param>
public sealed record SipOutcome(SipResponse Response, SipTransportException? Failure)
{
    /// <summary>The status code.</summary>
    public int StatusCode => Response.StatusCode;

    /// <summary>True for a 2xx.</summary>
    public bool IsSuccess => Response.IsSuccess;
}
