using System.Net;
using System.Net.Sockets;
using ComIm.Client;
using ComIm.Com.UccApi.Contract;
using ComIm.TestKit;

namespace ComIm.Com.Tests.UccApi.Sessions;

/// <summary>What goes wrong by itself: nobody answers, or the server is gone.</summary>
public sealed class LossTests
{
    private static readonly TimeSpan TimerF = TimeSpan.FromSeconds(32);

    [Fact]
    public async Task Server_that_never_answers_is_a_timeout()
    {
        var time = new ManualTimeProvider();
        using var silent = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var alice = new UccPeer(
            "alice", silent.Client.LocalEndPoint!.ToString()!, UCC_TRANSPORT_MODE.UCCTM_UDP, options: new ImClientOptions { TimeProvider = time });
        alice.Endpoint.Enable(null!);
        await silent.ReceiveAsync().WaitAsync(Recorder.Patience);
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                time.Advance(TimerF);
                return !alice.Events.IsEmpty;
            },
            Recorder.Patience));
        alice.Events.TakeResult("OnEnable", UccHResults.UCC_E_SIP_TIMEOUT);
    }

    [Fact]
    public async Task Invitation_that_nobody_answers_ends_by_itself_on_both_sides()
    {
        await using var server = await TestServer.StartAsync();
        var time = new ManualTimeProvider();
        var alice = new UccPeer("alice", server.Address).Enable();
        var bob = new UccPeer("bob", server.Address, options: new ImClientOptions { TimeProvider = time }).Enable();
        alice.Invite(alice.CreateSession(), "bob");
        bob.TakeIncoming();
        time.Advance(TimeSpan.FromMinutes(3));
        bob.TakeEnd(UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTING);
        alice.Events.TakeState(UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTING, UCC_SESSION_ENTITY_STATE.UCCSES_DISCONNECTED);
        alice.Events.TakeResult("OnAddParticipant", UccHResults.UCC_E_SIP_STATUS_CLIENT_TEMPORARILY_NOT_AVAILABLE);
        alice.Shutdown();
    }

    [Fact]
    public async Task Server_lost_in_the_middle_fails_the_message_and_the_session_can_be_ended()
    {
        var server = await TestServer.StartAsync();
        var pair = new ConnectedSession(server);
        await server.DisposeAsync();
        pair.Text.SendMessage("text/plain", "is anybody there?", null!);
        pair.Alice.Events.TakeSent(UccHResults.UCC_E_TRANSIENT_SERVER_DISCONNECT);
        pair.Session.Terminate(UCC_REJECT_OR_TERMINATE_REASON.UCCROTR_NOT_SPECIFIED, null!);
        pair.Alice.TakeEnd();
        pair.Close();
    }
}
