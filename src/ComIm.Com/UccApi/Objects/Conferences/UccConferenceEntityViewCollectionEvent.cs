using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Conferences;

/// <summary>A part of a conference has come or gone.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccConferenceEntityViewCollectionEvent(UccConferenceEntityView entity)
    : DispatchObject(UccCoclasses.UccConferenceEntityViewCollectionEvent.Dispatch), IUccConferenceEntityViewCollectionEvent
{
    public IUccConferenceEntityView EntityView => entity;
}
