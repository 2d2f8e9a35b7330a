using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.Tests.UccApi.Objects;

/// <summary>An object whose two interfaces have methods of one name; it says which was called.</summary>
internal sealed class Participant : IUccConferenceSessionParticipant, IUccSessionParticipant
{
    public IUccReadOnlyPropertyCollection Properties => throw new NotSupportedException();

    public IUccContext Context => throw new NotSupportedException();

    public UCC_SESSION_ENTITY_STATE State => throw new NotSupportedException();

    public IUccUri Uri => throw new NotSupportedException();

    public IUccSession Session => throw new NotSupportedException();

    public bool IsLocal => throw new NotSupportedException();

    public IUccCollection Endpoints => throw new NotSupportedException();

    public void SetProperty(UCC_CONFERENCE_PARTICIPANT_PROPERTY enPropertyId, object vPropertyValue, IUccOperationContext pOperationContext) =>
        throw new NotSupportedException();

    public void PlayRecordedName(string bstrEndpoint, IUccOperationContext pOperationContext) => throw new NotSupportedException();

    public IUccConferenceSessionParticipantEndpoint CreateParticipantEndpoint(
        IUccUri pUri, string bstrEndpointId, UCC_CONFERENCE_ENTITY_TYPE enType, IUccContext pContext) =>
        throw new InvalidOperationException("conference");

    public IUccConferenceSessionParticipantEndpoint CopyParticipantEndpoint(
        IUccSessionParticipantEndpoint pInputParticipantEndpoint, UCC_CONFERENCE_ENTITY_TYPE enType, IUccContext pContext) =>
        throw new NotSupportedException();

    public IUccSessionParticipantEndpoint CreateParticipantEndpoint(IUccUri pUri, string bstrEndpointId, IUccContext pContext) =>
        throw new InvalidOperationException("plain");

    public IUccSessionParticipantEndpoint CopyParticipantEndpoint(
        IUccSessionParticipantEndpoint pInputParticipantEndpoint, IUccContext pContext) => throw new NotSupportedException();

    public void AddParticipantEndpoint(IUccSessionParticipantEndpoint pParticipantEndpoint, IUccOperationContext pOperationContext) =>
        throw new NotSupportedException();

    public void RemoveParticipantEndpoint(IUccSessionParticipantEndpoint pParticipantEndpoint, IUccOperationContext pOperationContext) =>
        throw new NotSupportedException();
}
