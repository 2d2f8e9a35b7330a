using ComIm.Com.Interop;
using ComIm.Com.Tests.UccApi.Objects;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;

namespace ComIm.Com.Tests.UccApi.Expected;

/// <summary>Operations that are taken back.</summary>
public sealed class OperationManagerTests : TwoPeople
{
    [Fact]
    public void Invitation_IsTakenBack_AndBothOperationsEnd()
    {
        var (adding, cancelling) = (Operation(1), Operation(2));
        var session = Alice.CreateSession();
        var bob = Alice.Invite(session, "bob", adding);
        Alice.Events.Advise<_IUccOperationManagerEvents>(bob);
        var incoming = Bob.TakeIncoming();

        ((IUccOperationManager)bob).CancelOperation(adding, cancelling);

        Alice.Events.TakeState(UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTING, UCC_SESSION_ENTITY_STATE.UCCSES_DISCONNECTED);
        var added = Alice.Events.TakeResult("OnAddParticipant", UccHResults.UCC_E_REQUEST_CANCELLED).As<IUccOperationProgressEvent>();
        Assert.Same(adding, added.OriginalOperationContext);
        var cancelled = Alice.Events.TakeSuccess("OnCancelOperation");
        Assert.Same(bob, cancelled.Source);
        Assert.Same(cancelling, cancelled.As<IUccOperationProgressEvent>().OriginalOperationContext);
        Alice.Events.Take("OnParticipantRemoved");
        Bob.TakeEnd(UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTING);
        Failure.Is(UccHResults.UCC_E_INVALID_SESSION_STATE, incoming.Accept);
    }

    [Fact]
    public void Invitation_TakenBackAtOnce_IsHeardOfByWhoListensFromItsEventOn()
    {
        var session = Alice.CreateSession();
        IUccSessionParticipant? invited = null;
        Bob.Events.Reaction = e =>
        {
            if (e.Data is IUccIncomingSessionEvent incoming)
            {
                ((IUccOperationManager)invited!).CancelOperation(null!, null!);
                var script = (IScriptEvents)incoming.Session;
                while (script.WaitForEvent((int)Recorder.Patience.TotalMilliseconds)?.Name != "OnTerminate")
                {
                }

                Bob.Events.AdviseAll(incoming.Session);
            }
        };

        invited = Alice.CreateParticipant(session, "bob");
        session.AddParticipant(invited, null!);

        Bob.Events.Take("OnIncomingSession");
        Assert.Equal(["OnParticipantRemoved", "OnTerminate"], new[] { Bob.Events.Take().Name, Bob.Events.Take().Name }.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Cancel_OfWhatIsNotUnderWay_Fails()
    {
        var session = Alice.CreateSession();
        var bob = Alice.Invite(session, "bob", Operation(1));
        var manager = (IUccOperationManager)bob;

        Failure.Is(UccHResults.UCC_E_NOT_EXIST, () => manager.CancelOperation(Operation(1), null!));
        Bob.TakeIncoming().Accept();
        Alice.TakeConnected();

        Failure.Is(UccHResults.UCC_E_NOT_EXIST, () => manager.CancelOperation(null!, null!));
    }

    private static UccOperationContext Operation(int id)
    {
        var operation = new UccOperationContext();
        operation.Initialize(id, null);
        return operation;
    }
}
