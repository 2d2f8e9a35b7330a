using System.Net;
using System.Net.Sockets;
using ComIm.Client;
using ComIm.Com.Tests.UccApi.Objects;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;
using ComIm.Server;
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
    public async Task Server_that_no_longer_takes_the_password_disables_the_endpoint()
    {
        var users = new ChangingUsers();
        await using var server = await ImServer.StartAsync(new ImServerOptions
        {
            Domain = TestServer.Domain,
            EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
            Users = users,
        });
        var alice = new UccPeer("alice", server.LocalEndPoint.ToString(), password: users.Password).Enable();
        var session = alice.CreateSession();
        users.Password = "another";
        ((UccPlatform)alice.Platform).Client.OnNetworkChanged();
        alice.Events.Take("OnIpAddrChange");
        var disabled = alice.Events.TakeResult("OnDisable", UccHResults.UCC_E_REGISTRATION_REJECTED);
        Assert.Null(disabled.As<IUccOperationProgressEvent>().OriginalOperationContext);
        Failure.Is(UccHResults.UCC_E_INVALID_REGISTRATION_STATE, () => alice.Endpoint.Disable(null!));
        Failure.Is(UccHResults.UCC_E_INVALID_REGISTRATION_STATE, () => session.AddParticipant(alice.CreateParticipant(session, "bob"), null!));
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

    private sealed class ChangingUsers : IUserStore
    {
        public string Password { get; set; } = "the first";

        public string? FindPassword(string userName) => Password;
    }
}
