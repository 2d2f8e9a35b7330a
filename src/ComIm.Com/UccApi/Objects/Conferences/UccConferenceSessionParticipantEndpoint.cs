using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Conferences;

/// <summary>How somebody is in a conference: by text, at one address. There are no channels of media.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccConferenceSessionParticipantEndpoint(UccConferenceSessionParticipant participant, IUccUri uri, string id, UCC_CONFERENCE_ENTITY_TYPE type)
    : EventSourceObject(UccCoclasses.UccConferenceSessionParticipantEndpoint.Dispatch, UccCoclasses.UccConferenceSessionParticipantEndpoint.Sources, participant.Lane),
        IUccConferenceSessionParticipantEndpoint, IUccSessionParticipantEndpoint
{
    public IUccUri Uri => uri;

    public string Id => id;

    public IUccSessionParticipant Participant => participant;

    public bool IsLocal => participant.IsLocal;

    public UCC_SESSION_ENTITY_STATE State => participant.State;

    public UCC_CONFERENCE_ENTITY_TYPE Type => type;

    /// <summary>None.</summary>
    public IUccCollection Channels => new UccCollection([]);

    /// <summary>The address.</summary>
    public IUccReadOnlyPropertyCollection Properties
    {
        get
        {
            var properties = new PropertyList();
            properties.Set((int)UCC_CONFERENCE_PARTICIPANT_ENDPOINT_PROPERTY.UCCCPEPID_ENDPOINT_URI, uri.Value);
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
}
