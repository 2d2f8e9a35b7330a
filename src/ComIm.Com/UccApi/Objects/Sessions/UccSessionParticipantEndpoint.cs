using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>One device of a participant. The type library has no class for it.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccSessionParticipantEndpoint(ParticipantObject participant, IUccUri uri, string id, IUccContext? context)
    : DispatchObject(Table), IUccSessionParticipantEndpoint
{
    private static readonly DispatchTable Table = DispatchTable.Flatten([typeof(IUccSessionParticipantEndpoint)]);

    public IUccUri Uri => uri;

    public string Id => id;

    public IUccSessionParticipant Participant => participant;

    public bool IsLocal => participant.IsLocal;

    /// <summary>What the application gave it for its own use; the events about it bring it back.</summary>
    internal IUccContext Context { get; } = context ?? new UccContext();

    internal bool IsSameAs(IUccSessionParticipantEndpoint other) =>
        string.Equals(uri.Value, other.Uri.Value, StringComparison.Ordinal) && string.Equals(id, other.Id, StringComparison.Ordinal);
}
