using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;
using ComIm.TestKit;

namespace ComIm.Com.Tests.UccApi.Expected;

/// <summary>Sessions of an application's own: descriptions go to and fro, and an evaluator says which are wanted.</summary>
public sealed class ApplicationSessionTests : TwoPeople
{
    private const string Type = "application/x-example-game";

    [Fact]
    public void Descriptions_GoToAndFro()
    {
        var evaluator = new Evaluator(Type);
        ((IUccSessionManager)Bob.Endpoint).RegisterSessionDescriptionEvaluator(evaluator);
        var invited = Invite("board=8x8", out var aliceEvents);

        var inviter = Accept("colour=black");

        Assert.Equal((Type, "board=8x8"), evaluator.Last);
        var accepted = aliceEvents.Take("OnInvitationAccepted").As<IUccInvitationAcceptedEvent>();
        Assert.Equal((Type, "colour=black"), (accepted.RemoteContentType, accepted.RemoteSessionDescription));
        Assert.Equal(UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTED, ((IUccSessionParticipant)inviter).State);
        Assert.Equal(UCC_SESSION_TYPE.UCCST_APPLICATION, ((IUccSessionParticipant)invited).Session.Type);
    }

    [Fact]
    public void ReNegotiate_AsksAgainAndTellsTheResult()
    {
        ((IUccSessionManager)Bob.Endpoint).RegisterSessionDescriptionEvaluator(new Evaluator(Type));
        var invited = Invite("board=8x8", out var aliceEvents);
        Accept("colour=black");
        aliceEvents.Take("OnInvitationAccepted");

        invited.ReNegotiate(null!);
        Send(aliceEvents, "board=9x9");

        Assert.Equal(["OnInvitationAccepted", "OnRenegotiate"], new[] { aliceEvents.Take().Name, aliceEvents.Take().Name }.Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Session_ThatNobodyWants_IsRefused(bool hasEvaluator)
    {
        if (hasEvaluator)
        {
            ((IUccSessionManager)Bob.Endpoint).RegisterSessionDescriptionEvaluator(new Evaluator("application/x-other"));
        }

        var session = ((IUccSessionManager)Alice.Endpoint).CreateSession(UCC_SESSION_TYPE.UCCST_APPLICATION, null!);
        var results = new Recorder();
        results.Advise<_IUccSessionEvents>(session);
        Invite(session, "board=8x8", out _);

        results.TakeResult("OnAddParticipant", unchecked((int)0x80EF01E8));
    }

    [Fact]
    public void Evaluator_ThatFails_RefusesTheSession()
    {
        ((IUccSessionManager)Bob.Endpoint).RegisterSessionDescriptionEvaluator(new FailingEvaluator());
        var session = ((IUccSessionManager)Alice.Endpoint).CreateSession(UCC_SESSION_TYPE.UCCST_APPLICATION, null!);
        var results = new Recorder();
        results.Advise<_IUccSessionEvents>(session);
        Invite(session, "board=8x8", out _);

        results.TakeResult("OnAddParticipant", unchecked((int)0x80EF01E8));
    }

    private IUccApplicationSessionParticipant Accept(string description)
    {
        var incoming = Bob.Events.Take("OnIncomingSession").As<IUccIncomingSessionEvent>();
        var inviter = (IUccApplicationSessionParticipant)incoming.Inviter;
        var events = new Recorder();
        events.Advise<_IUccApplicationSessionParticipantEvents>(inviter);
        incoming.Accept();
        var invitation = events.Take("OnIncomingInvitation").As<IUccIncomingInvitationEvent>();
        Assert.Equal("board=8x8", invitation.RemoteSessionDescription);
        invitation.LocalSessionDescription = description;
        invitation.Accept();
        return inviter;
    }

    private IUccApplicationSessionParticipant Invite(string description, out Recorder events) =>
        Invite(((IUccSessionManager)Alice.Endpoint).CreateSession(UCC_SESSION_TYPE.UCCST_APPLICATION, null!), description, out events);

    private static IUccApplicationSessionParticipant Invite(IUccSession session, string description, out Recorder events)
    {
        var participant = session.CreateParticipant(((IUccUriManager)new UccUriManager()).ParseUri($"sip:bob@{TestServer.Domain}"), null!);
        events = new Recorder();
        events.Advise<_IUccApplicationSessionParticipantEvents>(participant);
        session.AddParticipant(participant, null!);
        Send(events, description);
        return (IUccApplicationSessionParticipant)participant;
    }

    private static void Send(Recorder events, string description)
    {
        var invitation = events.Take("OnOutgoingInvitation").As<IUccOutgoingInvitationEvent>();
        invitation.ContentType = Type;
        invitation.SessionDescription = description;
        invitation.Send();
    }

    private sealed class Evaluator(string wanted) : _IUccSessionDescriptionEvaluator
    {
        public (string, string) Last { get; private set; }

        public bool Evaluate(string bstrContentType, string bstrSessionDescription)
        {
            Last = (bstrContentType, bstrSessionDescription);
            return bstrContentType == wanted;
        }
    }

    private sealed class FailingEvaluator : _IUccSessionDescriptionEvaluator
    {
        public bool Evaluate(string bstrContentType, string bstrSessionDescription) => throw new InvalidOperationException("not now");
    }
}
