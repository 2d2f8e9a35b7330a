using static ComIm.Sip.Transactions.TransactionActions;
using static ComIm.Sip.Transactions.TransactionInput;
using static ComIm.Sip.Transactions.TransactionState;

namespace ComIm.Sip.Transactions;

/// <summary>
/// The four state machines as tables: a state and an input give the next state and the actions. A pair that is not
/// listed changes nothing. They know neither clock nor network.
/// </summary>
public static class TransactionRules
{
    /// <summary>INVITE client (RFC 3261 figure 5, corrected by RFC 6026 figure 1).</summary>
    /// <param name="state">The state before.</param>
    /// <param name="input">What happened.</param>
    public static Transition InviteClient(TransactionState state, TransactionInput input) => (state, input) switch
    {
        (Calling, RetransmitTimer) => new(Calling, Send | SetRetransmit),
        (Calling, TimeoutTimer) => new(Terminated, ReportTimeout),

        // Only set once a CANCEL has gone: a peer that answers neither is given up (RFC 3261 section 9.1).
        (Proceeding, TimeoutTimer) => new(Terminated, ReportTimeout),
        (Calling or Proceeding, Provisional) => new(Proceeding, Pass | StopTimers),
        (Calling or Proceeding, Success) => new(Accepted, Pass | StopTimers | SetLinger),
        (Calling or Proceeding, Failure) => new(Completed, Pass | SendAck | StopTimers | SetLinger),
        (Calling or Proceeding or Completed, TransportError) => new(Terminated, ReportTransportError),
        (Accepted, Success) => new(Accepted, Pass),
        (Completed, Failure) => new(Completed, SendAck),
        (Accepted or Completed, LingerTimer) => new(Terminated, None),
        _ => new(state, None),
    };

    /// <summary>Non-INVITE client (RFC 3261 figure 6).</summary>
    /// <param name="state">The state before.</param>
    /// <param name="input">What happened.</param>
    public static Transition Client(TransactionState state, TransactionInput input) => (state, input) switch
    {
        (Trying, RetransmitTimer) => new(Trying, Send | SetRetransmit),
        (Proceeding, RetransmitTimer) => new(Proceeding, Send | SetRetransmitSlow),
        (Trying or Proceeding, TimeoutTimer) => new(Terminated, ReportTimeout),
        (Trying or Proceeding, TransportError) => new(Terminated, ReportTransportError),
        (Trying or Proceeding, Provisional) => new(Proceeding, Pass),
        (Trying or Proceeding, Success or Failure) => new(Completed, Pass | StopTimers | SetLinger),
        (Completed, LingerTimer) => new(Terminated, None),
        _ => new(state, None),
    };

    /// <summary>INVITE server (RFC 3261 figure 7, corrected by RFC 6026 figure 3).</summary>
    /// <param name="state">The state before.</param>
    /// <param name="input">What happened.</param>
    public static Transition InviteServer(TransactionState state, TransactionInput input) => (state, input) switch
    {
        (Proceeding, Request) => new(Proceeding, Send),
        (Proceeding, Provisional) => new(Proceeding, Send),
        (Proceeding, Success) => new(Accepted, Send | SetLinger),
        (Proceeding, Failure) => new(Completed, Send | SetRetransmit | SetTimeout),
        (Proceeding, TransportError) => new(Terminated, ReportTransportError),
        (Accepted, Success) => new(Accepted, Send),
        (Accepted, Ack) => new(Accepted, Pass),
        (Accepted, TransportError) => new(Accepted, ReportTransportError),
        (Accepted, LingerTimer) => new(Terminated, None),
        (Completed, Request) => new(Completed, Send),
        (Completed, RetransmitTimer) => new(Completed, Send | SetRetransmit),
        (Completed, Ack) => new(Confirmed, StopTimers | SetLinger),
        (Completed, TimeoutTimer) => new(Terminated, ReportTimeout),
        (Completed, TransportError) => new(Terminated, ReportTransportError),
        (Confirmed, LingerTimer) => new(Terminated, None),
        _ => new(state, None),
    };

    /// <summary>Non-INVITE server (RFC 3261 figure 8; RFC 4320: what is not answered in time is not answered at all).</summary>
    /// <param name="state">The state before.</param>
    /// <param name="input">What happened.</param>
    public static Transition Server(TransactionState state, TransactionInput input) => (state, input) switch
    {
        (Trying or Proceeding, Provisional) => new(Proceeding, Send),
        (Trying or Proceeding, Success or Failure) => new(Completed, Send | SetLinger),
        (Trying or Proceeding, Abandon) => new(Completed, SetLinger),
        (Trying or Proceeding, TimeoutTimer) => new(Terminated, None),
        (Proceeding or Completed, Request) => new(state, Send),
        (Proceeding, TransportError) => new(Terminated, ReportTransportError),
        (Trying, TransportError) => new(Terminated, ReportTransportError),
        (Completed, TransportError) => new(Terminated, ReportTransportError),
        (Completed, LingerTimer) => new(Terminated, None),
        _ => new(state, None),
    };
}
