using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.Sip;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Client.Sessions;

/// <summary>
/// A session without INVITE: somebody whose software knows no sessions, or a server that has kept messages, writes to us in
/// pager messages (RFC 3428). The first of them offers the session; we answer in pager messages.
/// </summary>
public sealed partial class ImSession
{
    // A message that nobody has accepted or rejected by then has been taken; its sender would send it again.
    private static readonly TimeSpan PagerPatience = TimeSpan.FromSeconds(2);

    // Messages that are kept for who has not yet said whether the session is wanted.
    private const int MaxWaiting = 1000;

    private readonly List<ImSessionMessageEventArgs> _waiting = [];

    /// <summary>Whether it consists of pager messages: there is no INVITE, and its end is told to nobody.</summary>
    public bool IsPager { get; private init; }

    /// <summary>Whether there is no room for another pager message of somebody: too many wait, or there are too many sessions for one more.</summary>
    internal static bool IsFullFor(ImAccount account, SipUri from) =>
        account.ImSessions.Find(from.AddressOfRecord) is { State: ImSessionState.Connected or ImSessionState.Offered } known ? known.IsFull : account.IsBusy;

    /// <summary>A pager message has come to an account that handles sessions by itself.</summary>
    internal static void ReceivePager(ImAccount account, SipUri from, ImSessionMessageEventArgs message)
    {
        if (account.ImSessions.Find(from.AddressOfRecord) is { } known && known.TryDeliverPager(message))
        {
            return;
        }

        var session = new ImSession(account, from.AddressOfRecord) { IsPager = true, PeerDisplayName = message.Request?.From?.DisplayName };
        if (!account.ImSessions.TryAdd(session))
        {
            message.Answer(480);
            return;
        }

        session.BeginPager(message);
        account.RaiseOffered(session);
    }

    /// <summary>A sign of typing outside sessions; it counts where there is a session with its sender.</summary>
    internal static void ReceivePagerTyping(ImAccount account, SipUri from, ReceivedContent received, ServerTransaction transaction)
    {
        var session = account.ImSessions.Find(from.AddressOfRecord);
        MessageReceiver.ReceiveTyping(transaction, notice => session?.OnTypingNotice(notice), received.Body);
    }

    private bool IsFull
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count >= MaxWaiting;
            }
        }
    }

    private void BeginPager(ImSessionMessageEventArgs message)
    {
        lock (_gate)
        {
            Enter(ImSessionState.Offered);
            Keep(message);
            _answerTimer = _account.Options.TimeProvider.CreateTimer(_ => OnNoAnswer(), null, AnswerPatience, Timeout.InfiniteTimeSpan);
        }
    }

    private bool TryDeliverPager(ImSessionMessageEventArgs message)
    {
        lock (_gate)
        {
            switch (State)
            {
                case ImSessionState.Offered when IsPager:
                    Keep(message);
                    return true;
                case ImSessionState.Connected:
                    break;
                default:
                    return false;
            }
        }

        _theirs.OnStopped();
        Deliver(message);
        return true;
    }

    private void Keep(ImSessionMessageEventArgs message)
    {
        _waiting.Add(message);
        _ = AnswerInTimeAsync(message);
    }

    private async Task AnswerInTimeAsync(ImSessionMessageEventArgs message)
    {
        await Task.Delay(PagerPatience, _account.Options.TimeProvider).ConfigureAwait(false);
        message.Answer(200);
    }

    private void AcceptPager()
    {
        ForgetIncoming();
        Enter(ImSessionState.Connected);
        _connected.TrySetResult();
        _waiting.ForEach(Deliver);
        _waiting.Clear();
    }

    private void RejectPager(int statusCode)
    {
        _waiting.ForEach(m => m.Answer(statusCode));
        _waiting.Clear();
    }

    private async Task<SipOutcome> SendPagerAsync(Action<SipRequest> prepare)
    {
        var request = PagerMessage.CreateEmpty(_account, _peer, SipTokens.NewCallId());
        prepare(request);
        var (outcome, _) = await _account.Agent.SendAsync(request).ConfigureAwait(false);
        return outcome;
    }
}
