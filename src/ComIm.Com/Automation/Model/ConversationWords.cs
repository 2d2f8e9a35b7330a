using ComIm.Client;
using ComIm.Client.Conferencing;
using ComIm.Client.Conversations;

namespace ComIm.Com.Automation.Model;

/// <summary>The client's states and reasons in the words of the Skype Web SDK.</summary>
internal static class ConversationWords
{
    /// <summary><c>conversation.state</c>.</summary>
    public static string StateOf(ConversationState state) => state switch
    {
        ConversationState.Connecting => "Connecting",
        ConversationState.Requested => "Incoming",
        ConversationState.Connected => "Connected",
        _ => "Disconnected",
    };

    /// <summary><c>chatService.state</c> and <c>selfParticipant.chat.state</c>.</summary>
    public static string ChatStateOf(ConversationState state) =>
        state == ConversationState.Requested ? "Notified" : StateOf(state);

    /// <summary><c>participant.state</c>.</summary>
    public static string StateOf(ParticipantState state) => state switch
    {
        ParticipantState.Inviting => "Connecting",
        ParticipantState.Connected => "Connected",
        _ => "Disconnected",
    };

    /// <summary>Why a conversation stands so.</summary>
    public static string ReasonOf(ConversationStateReason reason, ImException? cause) => reason switch
    {
        ConversationStateReason.Left or ConversationStateReason.PeerLeft or ConversationStateReason.SignedOut => "Terminated",
        ConversationStateReason.Rejected => "Refused",
        ConversationStateReason.Refused when cause?.StatusCode is 486 or 600 => "Busy",
        ConversationStateReason.Refused when cause?.StatusCode is 403 or 603 => "Refused",
        ConversationStateReason.Refused or ConversationStateReason.PagerOnly => "Failed",
        ConversationStateReason.Withdrawn => "Missed",
        ConversationStateReason.PeerLost => "Dropped",
        _ => "",
    };
}
