using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Conferences;

/// <summary>
/// What a conference consists of while it is entered: its focus, which controls it, and what mixes its text. UCCCSPID_CONFERENCE_VIEW
/// of the conference session leads here, before it is entered, too, so that nothing is missed.
/// </summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccConferenceView : EventSourceObject, IUccConferenceView
{
    private const int EntityViewAddedEvent = 5000;
    private const int EntityViewRemovedEvent = 5001;

    private readonly ConnectionPoint _events;
    private readonly Lock _gate = new();
    private List<UccConferenceEntityView> _entities = [];

    public UccConferenceView(SinkLane? lane)
        : base(UccCoclasses.UccConferenceView.Dispatch, UccCoclasses.UccConferenceView.Sources, lane) =>
        _events = PointFor(typeof(_IUccConferenceEntityViewCollectionEvents));

    /// <summary>The entities; none outside the conference.</summary>
    public IUccCollection Entities => new UccCollection(Now);

    private IReadOnlyList<UccConferenceEntityView> Now
    {
        get
        {
            lock (_gate)
            {
                return [.. _entities];
            }
        }
    }

    /// <summary>The conference has been entered.</summary>
    internal void Open(string uri, ConferenceEntityState state)
    {
        var parsed = UccUri.Parse(uri);
        List<UccConferenceEntityView> opened =
        [
            new(Lane, parsed, UCC_CONFERENCE_ENTITY_TYPE.UCCCET_CONTROL, state),
            new(Lane, parsed, UCC_CONFERENCE_ENTITY_TYPE.UCCCET_INSTANT_MESSAGING, state),
        ];
        lock (_gate)
        {
            _entities = opened;
        }

        Tell(EntityViewAddedEvent, opened);
    }

    /// <summary>Something has changed in the conference.</summary>
    internal void Update(ConferenceEntityState state)
    {
        foreach (var entity in Now)
        {
            entity.Update(state);
        }
    }

    /// <summary>The conference has been left.</summary>
    internal void Close()
    {
        List<UccConferenceEntityView> closed;
        lock (_gate)
        {
            (closed, _entities) = (_entities, []);
        }

        Tell(EntityViewRemovedEvent, closed);
    }

    private void Tell(int dispId, List<UccConferenceEntityView> entities)
    {
        foreach (var entity in entities)
        {
            _events.Raise(dispId, this, new UccConferenceEntityViewCollectionEvent(entity));
        }
    }
}
