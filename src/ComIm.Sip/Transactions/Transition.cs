namespace ComIm.Sip.Transactions;

/// <summary>One step of a state machine.</summary>
/// <param name="Next">The state afterwards.</param>
/// <param name="Actions">What is done on the way.</param>
public readonly record struct Transition(TransactionState Next, TransactionActions Actions);
