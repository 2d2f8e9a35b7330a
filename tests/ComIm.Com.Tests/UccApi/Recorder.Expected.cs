using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.Tests.UccApi;

internal sealed partial class Recorder :
    _IUccSubscriptionEvents, _IUccPresentityEvents, _IUccCategoryContextEvents, _IUccCategoryInstanceEvents, _IUccPublicationEvent,
    _IUccUserSearchQueryEvents, _IUccSignalingChannelEvents, _IUccContactEvents, _IUccContainerEvents, _IUccContainerMemberEvents, _IUccPublicationManagerEvents
{
    public void OnSubscribe(IUccSubscription pSubscription, IUccSubscriptionEvent pEventInfo) => Record(nameof(OnSubscribe), pSubscription, pEventInfo);

    public void OnUnsubscribe(IUccSubscription pSubscription, IUccSubscriptionEvent pEventInfo) => Record(nameof(OnUnsubscribe), pSubscription, pEventInfo);

    public void OnQuery(IUccSubscription pSubscription, IUccSubscriptionEvent pEventInfo) => Record(nameof(OnQuery), pSubscription, pEventInfo);

    public void OnCategoryContextAdded(IUccPresentity pPresentity, IUccCategoryContextEvent pCategoryCtxtEvent) =>
        Record(nameof(OnCategoryContextAdded), pPresentity, pCategoryCtxtEvent);

    public void OnCategoryContextRemoved(IUccPresentity pPresentity, IUccCategoryContextEvent pCategoryCtxtEvent) =>
        Record(nameof(OnCategoryContextRemoved), pPresentity, pCategoryCtxtEvent);

    public void OnCategoryInstanceAdded(IUccCategoryContext pCategoryCtxt, IUccCategoryInstanceEvent pCategoryInstanceEvent) =>
        Record(nameof(OnCategoryInstanceAdded), pCategoryCtxt, pCategoryInstanceEvent);

    public void OnCategoryInstanceRemoved(IUccCategoryContext pCategoryCtxt, IUccCategoryInstanceEvent pCategoryInstanceEvent) =>
        Record(nameof(OnCategoryInstanceRemoved), pCategoryCtxt, pCategoryInstanceEvent);

    public void OnCategoryInstanceValueModified(IUccCategoryInstance pCategoryInstance, object pEventData) =>
        Record(nameof(OnCategoryInstanceValueModified), pCategoryInstance, pEventData);

    public void OnPublish(IUccPublication pPublication, IUccOperationProgressEvent pPublicationEventInfo) =>
        Record(nameof(OnPublish), pPublication, pPublicationEventInfo);

    public void OnExecute(IUccUserSearchQuery pEventSource, IUccUserSearchQueryEvent pEventData) => Record(nameof(OnExecute), pEventSource, pEventData);

    public void OnIncomingMessage(IUccSignalingChannel pEventSource, IUccIncomingSignalingMessageEvent pEventData) =>
        Record(nameof(OnIncomingMessage), pEventSource, pEventData);

    public void OnSendRequest(IUccSignalingChannel pEventSource, IUccOperationProgressEvent pEventData) =>
        Record(nameof(OnSendRequest), pEventSource, pEventData);

    public void OnNameChanged(IUccContact pEventSource, object pEventData) => Record(nameof(OnNameChanged), pEventSource, pEventData);

    public void OnExternalUriChanged(IUccContact pEventSource, object pEventData) => Record(nameof(OnExternalUriChanged), pEventSource, pEventData);

    public void OnAddedToGroup(IUccContact pEventSource, IUccGroupMembershipEvent pEventData) => Record(nameof(OnAddedToGroup), pEventSource, pEventData);

    public void OnRemovedFromGroup(IUccContact pEventSource, IUccGroupMembershipEvent pEventData) =>
        Record(nameof(OnRemovedFromGroup), pEventSource, pEventData);

    public void OnContactExtensionChanged(IUccContact pEventSource, object pEventData) =>
        Record(nameof(OnContactExtensionChanged), pEventSource, pEventData);

    public void OnMemberAdded(IUccContainer pContainer, IUccContainerMemberCollectionEvent pEventData) => Record(nameof(OnMemberAdded), pContainer, pEventData);

    public void OnMemberRemoved(IUccContainer pContainer, IUccContainerMemberCollectionEvent pEventData) =>
        Record(nameof(OnMemberRemoved), pContainer, pEventData);

    public void OnPublicationRequired(IUccPublicationManager pEventSource, object pEventData) => Record(nameof(OnPublicationRequired), pEventSource, pEventData);

    public void OnContainerAdded(IUccContainerMember pMember, IUccContainerMembershipEvent pEvent) => Record(nameof(OnContainerAdded), pMember, pEvent);

    public void OnContainerRemoved(IUccContainerMember pMember, IUccContainerMembershipEvent pEvent) => Record(nameof(OnContainerRemoved), pMember, pEvent);
}
