using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Conferences;

/// <summary>One part of a conference: its focus, or what mixes its text. With a SIP focus both are at one address.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccConferenceEntityView : EventSourceObject, IUccConferenceEntityView
{
    private const int PropertyUpdatedEvent = 5100;

    private readonly ConnectionPoint _events;
    private readonly Lock _gate = new();
    private ConferenceEntityState _state;

    public UccConferenceEntityView(SinkLane? lane, IUccUri uri, UCC_CONFERENCE_ENTITY_TYPE type, ConferenceEntityState state)
        : base(UccCoclasses.UccConferenceEntityView.Dispatch, UccCoclasses.UccConferenceEntityView.Sources, lane)
    {
        (Uri, Type, _state) = (uri, type, state);
        _events = PointFor(typeof(_IUccConferenceEntityViewEvents));
    }

    public IUccUri Uri { get; }

    public UCC_CONFERENCE_ENTITY_TYPE Type { get; }

    /// <summary>UCCCEP_STATE, a collection of UCC_CONFERENCE_ENTITY_STATE_PROPERTY. Text has no capabilities to choose from.</summary>
    public IUccReadOnlyPropertyCollection Properties
    {
        get
        {
            var properties = new PropertyList();
            lock (_gate)
            {
                properties.Set((int)UCC_CONFERENCE_ENTITY_PROPERTY.UCCCEP_STATE, new UccReadOnlyPropertyCollection(_state.ToProperties()));
            }

            return new UccReadOnlyPropertyCollection(properties);
        }
    }

    /// <summary>The conference stands otherwise; what differs is told.</summary>
    internal void Update(ConferenceEntityState state)
    {
        ConferenceEntityState old;
        lock (_gate)
        {
            (old, _state) = (_state, state);
        }

        foreach (var (id, before, now) in state.Since(old))
        {
            _events.Raise(PropertyUpdatedEvent, this, new UccPropertyUpdateEvent((int)id, before, now));
        }
    }
}
