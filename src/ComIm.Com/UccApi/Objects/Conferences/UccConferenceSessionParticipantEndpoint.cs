using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Conferences;

/// <summary>How somebody is in a conference: by text, at one address. There are no channels of media.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccConferenceSessionParticipantEndpoint : EventSourceObject, IUccConferenceSessionParticipantEndpoint, IUccSessionParticipantEndpoint
{
    private const int StateChangedEvent = 1801;

    private readonly UccConferenceSessionParticipant _participant;
    private readonly ConnectionPoint _events;

    public UccConferenceSessionParticipantEndpoint(UccConferenceSessionParticipant participant, IUccUri uri, string id, UCC_CONFERENCE_ENTITY_TYPE type)
        : base(
            UccCoclasses.UccConferenceSessionParticipantEndpoint.Dispatch, UccCoclasses.UccConferenceSessionParticipantEndpoint.Sources, participant.Lane)
    {
        (_participant, Uri, Id, Type) = (participant, uri, id, type);
        _events = PointFor(typeof(_IUccConferenceSessionParticipantEndpointEvents));
    }

    public IUccUri Uri { get; }

    public string Id { get; }

    public IUccSessionParticipant Participant => _participant;

    public bool IsLocal => _participant.IsLocal;

    public UCC_SESSION_ENTITY_STATE State => _participant.State;

    public UCC_CONFERENCE_ENTITY_TYPE Type { get; }

    /// <summary>None.</summary>
    public IUccCollection Channels => new UccCollection([]);

    /// <summary>The address.</summary>
    public IUccReadOnlyPropertyCollection Properties
    {
        get
        {
            var properties = new PropertyList();
            properties.Set((int)UCC_CONFERENCE_PARTICIPANT_ENDPOINT_PROPERTY.UCCCPEPID_ENDPOINT_URI, Uri.Value);
            return new UccReadOnlyPropertyCollection(properties);
        }
    }

    public IUccMediaChannel CreateChannel(UCC_MEDIA_TYPES enMediaType, IUccContext? pContext) => throw UccPlatform.MediaDisabled();

    public void AddChannel(IUccMediaChannel? pChannel) => throw UccPlatform.MediaDisabled();

    public void RemoveChannel(IUccMediaChannel? pChannel) => throw UccPlatform.MediaDisabled();

    public void UpdateChannels(IUccOperationContext? pOperationContext = null) => throw UccPlatform.MediaDisabled();

    public void SetProperty(
        UCC_CONFERENCE_PARTICIPANT_ENDPOINT_PROPERTY enPropertyId, object? vPropertyValue, IUccOperationContext? pOperationContext = null) =>
        throw new HResultException(UccHResults.UCC_E_NOT_ALLOWED, "A focus of text has no properties of endpoints to set.");

    /// <summary>It stands where its participant stands.</summary>
    internal void OnStateChanged(UCC_SESSION_ENTITY_STATE oldState, UCC_SESSION_ENTITY_STATE newState) => _events.Raise(
        StateChangedEvent, this, new UccConferenceSessionParticipantEndpointStateChangedEvent(oldState, newState, UccOperationProgressEvent.Success(null)));
}
