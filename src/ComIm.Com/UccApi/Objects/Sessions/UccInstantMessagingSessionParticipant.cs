using System.Runtime.InteropServices;
using ComIm.Client.Sessions;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>Somebody in a session of text: who writes to us, and who is seen writing.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed partial class UccInstantMessagingSessionParticipant : ParticipantObject, IUccInstantMessagingSessionParticipant
{
    private const int MessageReceivedEvent = 700;
    private const int ComposingEvent = 701;
    private const int IdleEvent = 702;

    private static readonly UccCoclass Coclass =
        UccCoclasses.UccInstantMessagingSessionParticipant.Plus(typeof(IUccOperationManager), typeof(_IUccOperationManagerEvents));

    private readonly ConnectionPoint _events;
    private readonly ConnectionPoint _signaling;
    private bool _isComposing;

    public UccInstantMessagingSessionParticipant(SessionObject session, IUccUri uri, IUccContext? context, bool isLocal)
        : base(session, Coclass, uri, context, isLocal)
    {
        _events = PointFor(typeof(_IUccInstantMessagingSessionParticipantEvents));
        _signaling = PointFor(typeof(_IUccSignalingChannelEvents));
    }

    public bool IsComposing => Volatile.Read(ref _isComposing);

    /// <summary>What is being written; empty where nothing is.</summary>
    public string ComposingContentType => IsComposing ? "text/plain" : "";

    internal void Listen(ImSession link)
    {
        link.MessageReceived += (_, e) => OnMessage(e);
        link.RequestReceived += (_, e) => OnRequest(e);
        link.PeerTypingChanged += (_, e) => OnTyping(e.IsTyping);
    }

    private void OnMessage(ImSessionMessageEventArgs message)
    {
        message.Defer();
        var incoming = new UccIncomingInstantMessageEvent(Endpoint, message, Session.Endpoint.Platform.Time);
        _events.RaiseAnd(incoming.OnHandlersReturned, MessageReceivedEvent, this, incoming);
    }

    private void OnTyping(bool isTyping)
    {
        Volatile.Write(ref _isComposing, isTyping);
        _events.Raise(isTyping ? ComposingEvent : IdleEvent, this, new UccInstantMessagingComposingEvent(Endpoint));
    }
}
