using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Model;

/// <summary>Raises what happens in a conversation to its own sinks and to those of its application.</summary>
internal sealed class ConversationEvents(ConversationObject conversation, ConnectionPoint own, ConnectionPoint application)
{
    public void MessageAdded(Message message)
    {
        own.Raise(1, message);
        application.Raise(7, conversation, message);
    }

    public void MessageStatusChanged(Message message, string status)
    {
        own.Raise(7, message, status);
        application.Raise(9, conversation, message, status);
    }

    public void StateChanged(string state, string reason, string oldState)
    {
        own.Raise(2, state, reason, oldState);
        application.Raise(4, conversation, state, reason, oldState);
    }

    public void ParticipantAdded(ParticipantObject participant)
    {
        own.Raise(3, participant);
        application.Raise(5, conversation, participant);
    }

    public void ParticipantRemoved(ParticipantObject participant)
    {
        own.Raise(4, participant);
        application.Raise(6, conversation, participant);
    }

    public void ParticipantStateChanged(ParticipantObject participant, string state) => own.Raise(5, participant, state);

    public void TypingChanged(ParticipantObject participant, bool isTyping)
    {
        own.Raise(6, participant, isTyping);
        application.Raise(8, conversation, participant, isTyping);
    }
}
