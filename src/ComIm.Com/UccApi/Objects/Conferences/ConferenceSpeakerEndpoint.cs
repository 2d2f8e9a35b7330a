using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Conferences;

/// <summary>What messages of a conference come from. The type library has no class for it.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class ConferenceSpeakerEndpoint(ConferenceSpeaker speaker) : DispatchObject(Table), IUccSessionParticipantEndpoint
{
    private static readonly DispatchTable Table = DispatchTable.Flatten([typeof(IUccSessionParticipantEndpoint)]);

    public IUccUri Uri => speaker.Uri;

    public string Id => "";

    public IUccSessionParticipant Participant => speaker;

    public bool IsLocal => speaker.IsLocal;
}
