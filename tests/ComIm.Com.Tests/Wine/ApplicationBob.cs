using ComIm.Com.Tests.UccApi;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;
using ComIm.TestKit;

namespace ComIm.Com.Tests.Wine;

/// <summary>bob as the peer of ucc-services.cpp, a managed application of the UCC API: he answers in the order of that program.</summary>
internal sealed class ApplicationBob : _IUccSessionDescriptionEvaluator
{
    private const string Type = "application/x-example-game";

    private readonly Recorder _withdrawn = new();
    private readonly UccPeer _bob;
    private readonly IUccSignalingChannel _channel;

    public ApplicationBob(string server)
    {
        _bob = new UccPeer("bob", server).Enable();
        ((IUccSessionManager)_bob.Endpoint).RegisterSessionDescriptionEvaluator(this);

        // The inviter gives up at once: who does not listen from within the event comes too late.
        _bob.Events.Reaction = e =>
        {
            if (e.Data is IUccIncomingSessionEvent { Session.Type: UCC_SESSION_TYPE.UCCST_INSTANT_MESSAGING } incoming)
            {
                _withdrawn.AdviseAll(incoming.Session);
            }
        };
        _channel = ((IUccSignalingChannelManager)_bob.Endpoint).CreateSignalingChannel(Alice);
        _bob.Events.Advise<_IUccSignalingChannelEvents>(_channel);
    }

    private static IUccUri Alice => ((IUccUriManager)new UccUriManager()).ParseUri($"sip:alice@{TestServer.Domain}");

    public bool Evaluate(string bstrContentType, string bstrSessionDescription) => bstrContentType == Type;

    public void Play()
    {
        TakeMessage();
        TakeWithdrawal();
        TakeInvitation();
        Invite();
        _bob.Shutdown();
    }

    /// <summary>As for the scripts, which are only invited.</summary>
    public void PlayScript()
    {
        TakeMessage();
        Invite();
        _bob.Shutdown();
    }

    private void TakeMessage()
    {
        var incoming = _bob.Events.Take("OnIncomingMessage").As<IUccIncomingSignalingMessageEvent>();
        Assert.Equal("hello", incoming.Message.Body);
        var colour = (IUccSignalingHeaderField)incoming.Message.FindHeaderFields("X-Colour")[1];
        var shade = (IUccSignalingHeaderFieldParameter)colour.Parameters[1];
        Assert.Equal(("red", "shade", "dark", 1), (colour.Value, shade.Name, shade.Value, colour.Parameters.Count));
        _channel.SendRequest(
            new UccSignalingRequest { RequestType = UCC_SIGNALING_REQUEST_TYPE.UCCSRT_MESSAGE, ContentType = "text/plain", Body = "hello back" }, null!);
        _bob.Events.TakeResult("OnSendRequest", unchecked((int)0x80EF01E6));
    }

    private void TakeWithdrawal()
    {
        _bob.Events.Take("OnIncomingSession");
        while (_withdrawn.Take().Name != "OnTerminate")
        {
        }
    }

    private void TakeInvitation()
    {
        var incoming = _bob.Events.Take("OnIncomingSession").As<IUccIncomingSessionEvent>();
        var events = new Recorder();
        events.Advise<_IUccApplicationSessionParticipantEvents>(incoming.Inviter);
        events.Advise<_IUccSessionEvents>(incoming.Session);
        incoming.Accept();
        var invitation = events.Take("OnIncomingInvitation").As<IUccIncomingInvitationEvent>();
        Assert.Equal("board=8x8", invitation.RemoteSessionDescription);
        invitation.LocalSessionDescription = "colour=black";
        invitation.Accept();
        events.Take("OnTerminate");
    }

    private void Invite()
    {
        var session = ((IUccSessionManager)_bob.Endpoint).CreateSession(UCC_SESSION_TYPE.UCCST_APPLICATION, null!);
        var alice = session.CreateParticipant(Alice, null!);
        var events = new Recorder();
        events.Advise<_IUccApplicationSessionParticipantEvents>(alice);
        events.Advise<_IUccSessionEvents>(session);
        session.AddParticipant(alice, null!);
        var invitation = events.Take("OnOutgoingInvitation").As<IUccOutgoingInvitationEvent>();
        (invitation.ContentType, invitation.SessionDescription) = (Type, "board=4x4");
        invitation.Send();
        Assert.Equal(
            new[] { "OnAddParticipant", "OnInvitationAccepted" }, new[] { events.Take().Name, events.Take().Name }.Order(StringComparer.Ordinal));
        session.Terminate(UCC_REJECT_OR_TERMINATE_REASON.UCCROTR_UNAVAILABLE, null!);
        events.Take("OnTerminate");
    }
}
