using ComIm.Com.Interop;
using ComIm.Com.Tests.UccApi.Objects;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;
using ComIm.TestKit;

namespace ComIm.Com.Tests.UccApi.Expected;

/// <summary>Operations that are taken back.</summary>
public sealed class OperationManagerTests : IAsyncLifetime
{
    private TestServer _server = null!;
    private UccPeer _alice = null!;
    private UccPeer _bob = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _alice = new UccPeer("alice", _server.Address).Enable();
        _bob = new UccPeer("bob", _server.Address).Enable();
    }

    public async Task DisposeAsync()
    {
        _alice.Shutdown();
        _bob.Shutdown();
        await _server.DisposeAsync();
    }

    [Fact]
    public void Invitation_IsTakenBack_AndBothOperationsEnd()
    {
        var (adding, cancelling) = (Operation(1), Operation(2));
        var session = _alice.CreateSession();
        var bob = _alice.Invite(session, "bob", adding);
        _alice.Events.Advise<_IUccOperationManagerEvents>(bob);
        var incoming = _bob.TakeIncoming();

        ((IUccOperationManager)bob).CancelOperation(adding, cancelling);

        _alice.Events.TakeState(UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTING, UCC_SESSION_ENTITY_STATE.UCCSES_DISCONNECTED);
        var added = _alice.Events.TakeResult("OnAddParticipant", UccHResults.UCC_E_REQUEST_CANCELLED).As<IUccOperationProgressEvent>();
        Assert.Same(adding, added.OriginalOperationContext);
        var cancelled = _alice.Events.TakeSuccess("OnCancelOperation");
        Assert.Same(bob, cancelled.Source);
        Assert.Same(cancelling, cancelled.As<IUccOperationProgressEvent>().OriginalOperationContext);
        _alice.Events.Take("OnParticipantRemoved");
        _bob.TakeEnd(UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTING);
        Failure.Is(UccHResults.UCC_E_INVALID_SESSION_STATE, incoming.Accept);
    }

    [Fact]
    public void Invitation_TakenBackAtOnce_IsHeardOfByWhoListensFromItsEventOn()
    {
        var session = _alice.CreateSession();
        IUccSessionParticipant? invited = null;
        _bob.Events.Reaction = e =>
        {
            if (e.Data is IUccIncomingSessionEvent incoming)
            {
                ((IUccOperationManager)invited!).CancelOperation(null!, null!);
                var script = (IScriptEvents)incoming.Session;
                while (script.WaitForEvent((int)Recorder.Patience.TotalMilliseconds)?.Name != "OnTerminate")
                {
                }

                _bob.Events.AdviseAll(incoming.Session);
            }
        };

        invited = _alice.CreateParticipant(session, "bob");
        session.AddParticipant(invited, null!);

        _bob.Events.Take("OnIncomingSession");
        Assert.Equal(["OnParticipantRemoved", "OnTerminate"], new[] { _bob.Events.Take().Name, _bob.Events.Take().Name }.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Cancel_OfWhatIsNotUnderWay_Fails()
    {
        var session = _alice.CreateSession();
        var bob = _alice.Invite(session, "bob", Operation(1));
        var manager = (IUccOperationManager)bob;

        Failure.Is(UccHResults.UCC_E_NOT_EXIST, () => manager.CancelOperation(Operation(1), null!));
        _bob.TakeIncoming().Accept();
        _alice.TakeConnected();

        Failure.Is(UccHResults.UCC_E_NOT_EXIST, () => manager.CancelOperation(null!, null!));
    }

    private static UccOperationContext Operation(int id)
    {
        var operation = new UccOperationContext();
        operation.Initialize(id, null);
        return operation;
    }
}
