using ComIm.Sip.Messages;

namespace ComIm.Sip.Transactions;

/// <summary>What the transaction layer remembers of a request that came in: its transaction, or only how it was answered.</summary>
internal interface IServerEntry
{
    /// <summary>Where its source is counted (<see cref="TransactionAdmission"/>).</summary>
    int SourceBucket { get; }

    /// <summary>The request, or its ACK, has come in again.</summary>
    TransactionActions Receive(SipRequest request);
}
