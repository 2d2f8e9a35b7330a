using System.Runtime.InteropServices;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;

namespace ComIm.Samples.UccChat;

/// <summary>One session: who answers says every text back, who began ends it after the first answer.</summary>
internal sealed class Conversation(IUccSession session, bool answers, Action<bool> onEnded) :
    _IUccSessionEvents, _IUccSessionParticipantCollectionEvents, _IUccSessionParticipantEvents,
    _IUccInstantMessagingSessionEvents, _IUccInstantMessagingSessionParticipantEvents
{
    private readonly IUccInstantMessagingSession _text = (IUccInstantMessagingSession)session;

    /// <summary>Invites somebody.</summary>
    public void AddParticipant(IUccUri uri)
    {
        try
        {
            var context = new UccContext();
            context.AddNamedProperty("Participant", uri.User);
            var participant = session.CreateParticipant(uri, context);
            Listen(participant);

            var operation = new UccOperationContext();
            operation.Initialize(1, context);
            session.AddParticipant(participant, operation);
        }
        catch (COMException e)
        {
            Console.WriteLine($"0x{e.HResult:X8} {e.Message}");
            onEnded(true);
        }
    }

    /// <summary>Listens to the session and to its remote participant.</summary>
    public void Listen(IUccSessionParticipant participant)
    {
        Sinks.Advise<_IUccSessionEvents>(session, this);
        Sinks.Advise<_IUccSessionParticipantCollectionEvents>(session, this);
        Sinks.Advise<_IUccInstantMessagingSessionEvents>(session, this);
        Sinks.Advise<_IUccSessionParticipantEvents>(participant, this);
        Sinks.Advise<_IUccInstantMessagingSessionParticipantEvents>(participant, this);
    }

    /// <summary>Sends a text.</summary>
    public void Say(string text) => _text.SendMessage("text/plain", text, null!);

    public void OnAddParticipant(IUccSession pEventSource, IUccOperationProgressEvent pEventData)
    {
        if (pEventData.IsComplete && pEventData.StatusCode < 0)
        {
            Console.WriteLine($"nobody came: 0x{pEventData.StatusCode:X8} {pEventData.StatusText}");
            onEnded(true);
        }
    }

    public void OnParticipantAdded(IUccSession pEventSource, IUccSessionParticipantCollectionEvent pEventData)
    {
        if (!pEventData.Participant.IsLocal)
        {
            Console.WriteLine($"added {pEventData.Participant.Uri.AddressOfRecord}");
        }
    }

    public void OnStateChanged(IUccSessionParticipant pEventSource, IUccSessionParticipantStateChangedEvent pEventData) =>
        Console.WriteLine($"state {pEventData.NewState}");

    public void OnInstantMessageReceived(IUccInstantMessagingSessionParticipant pEventSource, IUccIncomingInstantMessageEvent pEventData)
    {
        Console.WriteLine($"{pEventData.ParticipantEndpoint.Participant.Uri.User}: {pEventData.Content}");
        if (answers)
        {
            _text.StartComposing(null!);
            Say("You said: " + pEventData.Content);
        }
        else
        {
            session.Terminate(UCC_REJECT_OR_TERMINATE_REASON.UCCROTR_DECLINE, null!);
        }
    }

    public void OnSendMessage(IUccInstantMessagingSession pEventSource, IUccSessionOperationEvent pEventData)
    {
        foreach (IUccSessionParticipantOperationEvent participant in pEventData.ParticipantResults)
        {
            Console.WriteLine($"sent: 0x{participant.Result.StatusCode:X8}");
        }
    }

    public void OnTerminate(IUccSession pEventSource, IUccOperationProgressEvent pEventData)
    {
        Console.WriteLine("session over");
        onEnded(false);
    }

    public void OnComposing(IUccInstantMessagingSessionParticipant pEventSource, IUccInstantMessagingComposingEvent pEventData) =>
        Console.WriteLine("composing");

    public void OnIdle(IUccInstantMessagingSessionParticipant pEventSource, IUccInstantMessagingComposingEvent pEventData) =>
        Console.WriteLine("idle");

    public void OnRemoveParticipant(IUccSession pEventSource, IUccOperationProgressEvent pEventData)
    {
    }

    public void OnParticipantRemoved(IUccSession pEventSource, IUccSessionParticipantCollectionEvent pEventData)
    {
    }

    public void OnAddParticipantEndpoint(IUccSessionParticipant pEventSource, IUccOperationProgressEvent pEventData)
    {
    }

    public void OnRemoveParticipantEndpoint(IUccSessionParticipant pEventSource, IUccOperationProgressEvent pEventData)
    {
    }
}
