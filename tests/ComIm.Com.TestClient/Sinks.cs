using System.Runtime.InteropServices;
using ComIm.Com.TestClient.Original;

namespace ComIm.Com.TestClient;

// One class for each event interface. Windows asks a sink for the interface by its IID; Wine's marshaller asks for
// IDispatch, which of a class with several event interfaces is the first alone.

[ComVisible(true)]
[ClassInterface(ClassInterfaceType.None)]
public sealed class PlatformSink(Chat chat) : _IUccPlatformEvents
{
    public void OnShutdown(IUccPlatform pEventSource, IUccOperationProgressEvent pEventData) => chat.OnShutdown();

    public void OnIpAddrChange(IUccPlatform pEventSource, object pEventData)
    {
    }
}

[ComVisible(true)]
[ClassInterface(ClassInterfaceType.None)]
public sealed class EndpointSink(Chat chat) : _IUccEndpointEvents
{
    public void OnEnable(IUccEndpoint pEventSource, IUccOperationProgressEvent pEventData) => chat.OnEnable(pEventSource, pEventData);

    public void OnDisable(IUccEndpoint pEventSource, IUccOperationProgressEvent pEventData) => Chat.Demand(pEventData);
}

[ComVisible(true)]
[ClassInterface(ClassInterfaceType.None)]
public sealed class SessionManagerSink(Chat chat) : _IUccSessionManagerEvents
{
    public void OnIncomingSession(IUccEndpoint pEventSource, IUccIncomingSessionEvent pEventData) => chat.OnIncomingSession(pEventData);

    public void OnOutgoingSession(IUccEndpoint pEventSource, IUccOutgoingSessionEvent pEventData)
    {
    }
}

[ComVisible(true)]
[ClassInterface(ClassInterfaceType.None)]
public sealed class SessionSink(Chat chat) : _IUccSessionEvents
{
    public void OnAddParticipant(IUccSession pEventSource, IUccOperationProgressEvent pEventData) => chat.OnAddParticipant(pEventSource, pEventData);

    public void OnRemoveParticipant(IUccSession pEventSource, IUccOperationProgressEvent pEventData)
    {
    }

    public void OnTerminate(IUccSession pEventSource, IUccOperationProgressEvent pEventData) => chat.OnTerminate();
}

[ComVisible(true)]
[ClassInterface(ClassInterfaceType.None)]
public sealed class RosterSink(Chat chat) : _IUccSessionParticipantCollectionEvents
{
    public void OnParticipantAdded(IUccSession pEventSource, IUccSessionParticipantCollectionEvent pEventData) => chat.OnParticipantAdded(pEventData);

    public void OnParticipantRemoved(IUccSession pEventSource, IUccSessionParticipantCollectionEvent pEventData)
    {
    }
}

[ComVisible(true)]
[ClassInterface(ClassInterfaceType.None)]
public sealed class MessagingSink(Chat chat) : _IUccInstantMessagingSessionEvents
{
    public void OnSendMessage(IUccInstantMessagingSession pEventSource, IUccSessionOperationEvent pEventData) => chat.OnSendMessage();
}

[ComVisible(true)]
[ClassInterface(ClassInterfaceType.None)]
public sealed class ParticipantSink(Chat chat) : _IUccInstantMessagingSessionParticipantEvents
{
    public void OnInstantMessageReceived(IUccInstantMessagingSessionParticipant pEventSource, IUccIncomingInstantMessageEvent pEventData) =>
        chat.OnInstantMessageReceived(pEventData);

    public void OnComposing(IUccInstantMessagingSessionParticipant pEventSource, IUccInstantMessagingComposingEvent pEventData) =>
        System.Console.WriteLine("somebody types");

    public void OnIdle(IUccInstantMessagingSessionParticipant pEventSource, IUccInstantMessagingComposingEvent pEventData)
    {
    }
}
