using ComIm.Com.UccApi.Contract;
using ComIm.TestKit;

namespace ComIm.Com.Tests.UccApi.Sessions;

/// <summary>Alice and bob in a session that alice began; the events of its beginning have been taken.</summary>
internal sealed class ConnectedSession
{
    public ConnectedSession(TestServer server, UCC_TRANSPORT_MODE transport = UCC_TRANSPORT_MODE.UCCTM_TCP)
    {
        Alice = new UccPeer("alice", server.Address, transport).Enable();
        Bob = new UccPeer("bob", server.Address, transport).Enable();
        Session = Alice.CreateSession();
        BobSeenByAlice = Alice.Invite(Session, "bob");
        var incoming = Bob.TakeIncoming();
        incoming.Accept();
        BobsSession = incoming.Session;
        AliceSeenByBob = incoming.Inviter;
        Alice.TakeConnected();
    }

    public UccPeer Alice { get; }

    public UccPeer Bob { get; }

    public IUccSession Session { get; }

    public IUccSession BobsSession { get; }

    public IUccSessionParticipant BobSeenByAlice { get; }

    public IUccSessionParticipant AliceSeenByBob { get; }

    public IUccInstantMessagingSession Text => (IUccInstantMessagingSession)Session;

    public IUccInstantMessagingSession BobsText => (IUccInstantMessagingSession)BobsSession;

    public void Close()
    {
        Alice.Shutdown();
        Bob.Shutdown();
    }
}
