using ComIm.Client.Sessions;
using ComIm.Sip.Dialogs;

namespace ComIm.Client.Typing;

/// <summary>Which of the two forms a peer is told of our typing in.</summary>
internal static class TypingForms
{
    /// <summary>The form that the peer says it takes, else the one it uses; outside a session that of RFC 3994.</summary>
    public static TypingForm Of(InviteSession? session, TypingForm? peerForm)
    {
        var said = session?.RemoteBody is { } body && MessageDescription.Accepts(body.Content.Span, TypingXml.IsComposingType);
        return session is null || said ? TypingForm.IsComposing : peerForm ?? TypingForm.KeyboardActivity;
    }

    /// <summary>When it is to be said again.</summary>
    public static TimeSpan RefreshOf(TypingForm form) => form == TypingForm.IsComposing ? TypingTimes.Refresh : TypingTimes.KeyboardRefresh;
}
