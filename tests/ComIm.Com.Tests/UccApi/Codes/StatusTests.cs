using System.Globalization;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;

namespace ComIm.Com.Tests.UccApi.Codes;

/// <summary>Every status of SIP that the data names comes back as its HRESULT.</summary>
public sealed class StatusTests
{
    private const int Failures = unchecked((int)0x80EF0000);

    /// <summary>The statuses of failures.</summary>
    public static TheoryData<string, int> Statuses
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var (name, value) in HResultData.All.Where(c => (c.Value & 0xFFFF0000) == unchecked((uint)Failures)))
            {
                data.Add(name, (int)(value & 0xFFFF));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Invitation_that_is_answered_so_ends_with_that_code(string name, int status)
    {
        await using var peer = new StatusPeer();
        var alice = new UccPeer("alice", peer.Address).Enable();
        IUccContext context = new UccContext();
        context.AddProperty((int)UCC_SESSION_CONTEXT.UCCSC_DISABLE_AUTOMATIC_REDIRECT, true);
        var session = ((IUccSessionManager)alice.Endpoint).CreateSession(UCC_SESSION_TYPE.UCCST_INSTANT_MESSAGING, context);
        alice.Events.Take("OnOutgoingSession");
        alice.Events.AdviseAll(session);
        alice.Invite(session, status.ToString(CultureInfo.InvariantCulture));
        var state = alice.Events.TakeState(UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTING, UCC_SESSION_ENTITY_STATE.UCCSES_DISCONNECTED);
        var result = alice.Events.TakeResult("OnAddParticipant", HResultData.ValueOf(name));
        Assert.Equal(Failures | status, ((IUccOperationProgressEvent)state.Data).StatusCode);
        Assert.NotEmpty(result.As<IUccOperationProgressEvent>().StatusText);
    }

    [Fact]
    public async Task Message_that_is_accepted_only_says_so()
    {
        await using var peer = new StatusPeer { MessageStatus = 202 };
        var alice = new UccPeer("alice", peer.Address).Enable();
        var session = alice.CreateSession();
        alice.Invite(session, "200");
        alice.TakeConnected();
        ((IUccInstantMessagingSession)session).SendMessage("text/plain", "for later", null!);
        alice.Events.TakeSent(UccHResults.UCC_S_SIP_STATUS_ACCEPTED);
    }
}
