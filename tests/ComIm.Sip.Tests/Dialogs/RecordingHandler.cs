using System.Threading.Channels;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Sip.Tests.Dialogs;

/// <summary>Takes part in sessions as a test has it do, and tells what it saw.</summary>
internal sealed class RecordingHandler : ISessionHandler
{
    private readonly Channel<(InviteSession Session, SessionEnd End)> _ended = Channel.CreateUnbounded<(InviteSession, SessionEnd)>();
    private readonly Channel<ServerTransaction> _requests = Channel.CreateUnbounded<ServerTransaction>();
    private readonly Channel<IncomingRefer> _refers = Channel.CreateUnbounded<IncomingRefer>();

    public Func<SipRequest, ValueTask<SessionBody?>>? Answer { get; init; }

    public bool KeepsFurtherAnswers { get; init; }

    public Func<SipResponse, SessionBody?>? LateAnswer { get; init; }

    public List<int> Progress { get; } = [];

    public List<InviteSession> FurtherAnswers { get; } = [];

    public async Task<SessionEnd> EndedAsync(InviteSession? session = null)
    {
        var (ended, end) = await _ended.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True(session is null || session == ended);
        return end;
    }

    public async Task<ServerTransaction> RequestAsync() => await _requests.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    public async Task<IncomingRefer> ReferAsync() => await _refers.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    public void OnProgress(OutgoingInvite invite, SipResponse response) => Progress.Add(response.StatusCode);

    public bool OnFurtherAnswer(InviteSession session)
    {
        FurtherAnswers.Add(session);
        return KeepsFurtherAnswers;
    }

    public SessionBody? AnswerInAck(InviteSession session, SipResponse response) => LateAnswer?.Invoke(response);

    public ValueTask<SessionBody?> AnswerOfferAsync(InviteSession session, SipRequest request) =>
        Answer?.Invoke(request) ?? new(session.LocalBody);

    public void OnRequest(InviteSession session, ServerTransaction transaction)
    {
        _requests.Writer.TryWrite(transaction);
        transaction.Respond(200);
    }

    public void OnRefer(InviteSession session, IncomingRefer refer) => _refers.Writer.TryWrite(refer);

    public void OnEnded(InviteSession session, SessionEnd ending) => _ended.Writer.TryWrite((session, ending));
}
