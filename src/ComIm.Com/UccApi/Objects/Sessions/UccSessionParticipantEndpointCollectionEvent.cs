using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>A participant has one device more, or less.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccSessionParticipantEndpointCollectionEvent(UccSessionParticipantEndpoint endpoint)
    : DispatchObject(UccCoclasses.UccSessionParticipantEndpointCollectionEvent.Dispatch), IUccSessionParticipantEndpointCollectionEvent
{
    public IUccSessionParticipantEndpoint Endpoint => endpoint;

    public IUccContext Context => endpoint.Context;
}
