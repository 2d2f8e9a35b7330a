using ComIm.Sip.Transactions;

namespace ComIm.Sip.Tests.Transactions;

/// <summary>
/// The four state machines against what the figures of the RFCs say, every state with every input. Each table is written from
/// the figure, not from the code: one line a state, one column an input; a cell is the next state and the actions, <c>.</c> where
/// the machine stays and does nothing.
/// </summary>
public sealed class TransactionRulesTests
{
    // Columns: Request Ack Provisional Success Failure RetransmitTimer TimeoutTimer LingerTimer TransportError Abandon.
    // States: c Calling, t Trying, p Proceeding, C Completed, F Confirmed, A Accepted, T Terminated.
    // Actions: S send, K send ACK, P pass, O report timeout, E report transport error, r set retransmit, R set it to T2,
    // o set timeout, l set linger, x stop timers.

    // RFC 3261 figure 5 with RFC 6026 figure 1. An input that a client has not (Request, Ack, Abandon) changes nothing. Timer B in
    // Proceeding is the end of section 9.1's wait after a CANCEL, a transport error there a lost connection. In Accepted only 2xx and timer M matter (RFC 6026 section 8.4).
    private const string InviteClient = """
        c  .  .  p:Px  A:Pxl  C:PKxl  c:Sr  T:O  .   T:E  .
        p  .  .  p:Px  A:Pxl  C:PKxl  .     T:O  .   T:E  .
        A  .  .  .     A:P    .       .     .    T:  .    .
        C  .  .  .     .      C:K     .     .    T:  T:E  .
        t  .  .  .     .      .       .     .    .   .    .
        F  .  .  .     .      .       .     .    .   .    .
        T  .  .  .     .      .       .     .    .   .    .
        """;

    // RFC 3261 figure 6. Timer E is set to T2 in Proceeding (section 17.1.2.2); timer F ends both states.
    private const string Client = """
        t  .  .  p:P   C:Pxl  C:Pxl   t:Sr  T:O  .   T:E  .
        p  .  .  p:P   C:Pxl  C:Pxl   p:SR  T:O  .   T:E  .
        C  .  .  .     .      .       .     .    T:  .    .
        c  .  .  .     .      .       .     .    .   .    .
        A  .  .  .     .      .       .     .    .   .    .
        F  .  .  .     .      .       .     .    .   .    .
        T  .  .  .     .      .       .     .    .   .    .
        """;

    // RFC 3261 figure 7 with RFC 6026 figure 3: a 2xx leads to Accepted, where each further 2xx of the transaction user is sent,
    // ACKs pass to it, copies of the INVITE are absorbed, and a transport error is told without ending the state.
    private const string InviteServer = """
        p  p:S  .     p:S  A:Sl  C:Sro  .     .    .   T:E  .
        A  .    A:P   .    A:S   .      .     .    T:  A:E  .
        C  C:S  F:xl  .    .     .      C:Sr  T:O  .   T:E  .
        F  .    .     .    .     .      .     .    T:  .    .
        c  .    .     .    .     .      .     .    .   .    .
        t  .    .     .    .     .      .     .    .   .    .
        T  .    .     .    .     .      .     .    .   .    .
        """;

    // RFC 3261 figure 8 with RFC 4320: a request that is not answered in time ends without an answer (the timeout, which the RFC
    // leaves to the transaction user), or is abandoned, and copies of it are absorbed like those of an answered one.
    private const string Server = """
        t  .    .  p:S  C:Sl  C:Sl  .  T:  .   T:E  C:l
        p  p:S  .  p:S  C:Sl  C:Sl  .  T:  .   T:E  C:l
        C  C:S  .  .    .     .     .  .   T:  T:E  .
        c  .    .  .    .     .     .  .   .   .    .
        A  .    .  .    .     .     .  .   .   .    .
        F  .    .  .    .     .     .  .   .   .    .
        T  .    .  .    .     .     .  .   .   .    .
        """;

    [Fact]
    public void InviteClient_EveryStateAndInput_GoesAsFigure5AndRfc6026Say() => Walk(InviteClient, TransactionRules.InviteClient);

    [Fact]
    public void Client_EveryStateAndInput_GoesAsFigure6Says() => Walk(Client, TransactionRules.Client);

    [Fact]
    public void InviteServer_EveryStateAndInput_GoesAsFigure7AndRfc6026Say() => Walk(InviteServer, TransactionRules.InviteServer);

    [Fact]
    public void Server_EveryStateAndInput_GoesAsFigure8AndRfc4320Say() => Walk(Server, TransactionRules.Server);

    private static void Walk(string table, Func<TransactionState, TransactionInput, Transition> rules)
    {
        var inputs = Enum.GetValues<TransactionInput>();
        var states = new HashSet<TransactionState>();
        foreach (var line in table.Split('\n'))
        {
            var cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            Assert.Equal(inputs.Length + 1, cells.Length);
            var state = State(cells[0][0]);
            Assert.True(states.Add(state));
            foreach (var input in inputs)
            {
                var expected = Expected(state, cells[1 + (int)input]);
                Assert.Equal((state, input, expected), (state, input, rules(state, input)));
            }
        }

        Assert.Equal(Enum.GetValues<TransactionState>().Length, states.Count);
    }

    private static Transition Expected(TransactionState state, string cell) => cell == "."
        ? new Transition(state, TransactionActions.None)
        : new Transition(State(cell[0]), cell[2..].Aggregate(TransactionActions.None, (all, letter) => all | Action(letter)));

    private static TransactionState State(char letter) => letter switch
    {
        'c' => TransactionState.Calling,
        't' => TransactionState.Trying,
        'p' => TransactionState.Proceeding,
        'C' => TransactionState.Completed,
        'F' => TransactionState.Confirmed,
        'A' => TransactionState.Accepted,
        'T' => TransactionState.Terminated,
        _ => throw new ArgumentOutOfRangeException(nameof(letter)),
    };

    private static TransactionActions Action(char letter) => letter switch
    {
        'S' => TransactionActions.Send,
        'K' => TransactionActions.SendAck,
        'P' => TransactionActions.Pass,
        'O' => TransactionActions.ReportTimeout,
        'E' => TransactionActions.ReportTransportError,
        'r' => TransactionActions.SetRetransmit,
        'R' => TransactionActions.SetRetransmitSlow,
        'o' => TransactionActions.SetTimeout,
        'l' => TransactionActions.SetLinger,
        'x' => TransactionActions.StopTimers,
        _ => throw new ArgumentOutOfRangeException(nameof(letter)),
    };
}
