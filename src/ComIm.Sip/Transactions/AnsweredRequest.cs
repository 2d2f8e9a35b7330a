using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Transactions;

/// <summary>
/// The rest of a non-INVITE server transaction in Completed: the bytes of its response, for the request that comes again
/// before timer J ends (RFC 3261 section 17.2.2). A busy server remembers hundreds of thousands, so it is all that is kept.
/// </summary>
internal sealed class AnsweredRequest : IServerEntry
{
    private static readonly Action<object> OnTimerJ = answered => ((AnsweredRequest)answered).Forget();

    private readonly TransactionLayer _layer;
    private readonly string _key;
    private readonly ISipTransport _transport;
    private readonly SipTarget _reply;
    private readonly byte[] _response;

    public AnsweredRequest(TransactionLayer layer, string key, ISipTransport transport, SipTarget reply, int sourceBucket, byte[] response)
    {
        _layer = layer;
        _key = key;
        _transport = transport;
        _reply = reply;
        _response = response;
        SourceBucket = sourceBucket;
        layer.Queue.Schedule(layer.Timers.Timeout, OnTimerJ, this);
    }

    /// <inheritdoc/>
    public int SourceBucket { get; }

    /// <inheritdoc/>
    public TransactionActions Receive(SipRequest request)
    {
        _ = SendAsync();
        return TransactionActions.Send;
    }

    /// <summary>Sends the response; where that fails there is nothing left to remember.</summary>
    public async Task SendAsync()
    {
        try
        {
            await _layer.SendAsync(_transport, _reply, _response).ConfigureAwait(false);
        }
        catch (SipTransportException)
        {
            Forget();
        }
        catch (OperationCanceledException)
        {
            // The stack is closing; nobody waits for this response here.
        }
    }

    private void Forget() => _layer.Remove(_key, this);
}
