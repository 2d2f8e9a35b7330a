using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Sip;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;

namespace ComIm.Client.Typing;

/// <summary>
/// The typing of both sides of a conversation: in the session in the form that the peer has used or says that it takes,
/// outside as RFC 3994 has it. A peer that refuses a notice is sent none again, in that session or as pager messages.
/// </summary>
internal sealed class ConversationTyping
{
    private readonly ImAccount _account;
    private readonly Conversation _conversation;
    private TypingForm? _peerForm;
    private InviteSession? _refusing;
    private bool _isPagerRefused;

    public ConversationTyping(ImAccount account, Conversation conversation, Action<bool> onPeerChanged)
    {
        _account = account;
        _conversation = conversation;
        var time = account.Options.TimeProvider;
        Ours = new TypingSender(time, SendAsync, () => TypingForms.RefreshOf(TypingForms.Of(conversation.Session.Current, _peerForm)));
        Theirs = new TypingReceiver(time, onPeerChanged);
    }

    public TypingSender Ours { get; }

    public TypingReceiver Theirs { get; }

    public void OnNotice(TypingNotice notice)
    {
        _peerForm = notice.Form;
        Theirs.OnNotice(notice);
    }

    private async Task SendAsync(bool isActive)
    {
        var session = _conversation.Session.Current;
        var notice = new TypingNotice(TypingForms.Of(session, _peerForm), isActive, TypingTimes.Lifetime);
        try
        {
            if (session is not null && session != _refusing)
            {
                var request = session.CreateRequest(notice.Form == TypingForm.IsComposing ? SipMethods.Message : SipMethods.Info);
                Fill(request, notice);
                _refusing = IsRefusal(await _conversation.Session.SendInTurnAsync(session, request).ConfigureAwait(false)) ? session : _refusing;
            }
            else if (session is null && !_isPagerRefused && _conversation.Session.TakesPager)
            {
                var request = PagerMessage.CreateEmpty(_account, _conversation.Target, SipTokens.NewCallId());
                Fill(request, notice);
                var (outcome, _) = await _account.Agent.SendAsync(request).ConfigureAwait(false);
                _isPagerRefused |= IsRefusal(outcome);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SipTransportException)
        {
            // The account signs out: nobody waits for the notice.
        }
    }

    private static void Fill(SipRequest request, TypingNotice notice) =>
        request.SetBody(TypingXml.TypeOf(notice.Form), TypingXml.Write(notice));

    // What a peer cannot take today it will not take at the next key either; that it is away says nothing.
    private static bool IsRefusal(SipOutcome outcome) =>
        outcome.Failure is null && outcome.StatusCode is 400 or 403 or 405 or 406 or 415 or 488 or 489 or 501 or 606;
}
