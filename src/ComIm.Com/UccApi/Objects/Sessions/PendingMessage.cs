using ComIm.Com.UccApi.Contract;
using ComIm.Sip.Messages;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>A message that was sent and whose result has not been told.</summary>
/// <param name="Recipient">Who it is for.</param>
/// <param name="Operation">What the application passed with it.</param>
/// <param name="Sent">The response, or why there is none.</param>
internal sealed record PendingMessage(UccSessionParticipantEndpoint Recipient, IUccOperationContext? Operation, Task<SipResponse> Sent);
