using System.Collections.Concurrent;
using System.Net;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Transactions;

/// <summary>Finds the transaction that a message belongs to, or makes one (RFC 3261 section 17).</summary>
internal sealed class TransactionLayer : IDisposable
{
    // A branch of ours is unique; the method tells a CANCEL from its INVITE, which share one (RFC 3261 section 17.1.3).
    private readonly ConcurrentDictionary<string, ClientTransaction> _clients = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ClientTransaction> _cancels = new(StringComparer.Ordinal);
    private readonly ServerTransactionTable _servers = new();
    private readonly AnsweredRequests _answered;
    private readonly CancellationTokenSource _stop = new();
    private readonly SipTraceSink? _trace;
    private readonly TransactionAdmission _admission;
    private readonly long _maxRememberedBytes;

    public TransactionLayer(SipStackOptions options, SipTraceSink? trace)
    {
        Queue = new TimerQueue(options.TimeProvider);
        Timers = options.Timers;
        _admission = new TransactionAdmission(options.MaxServerTransactions, options.MaxServerTransactionsPerSource);
        _answered = new AnsweredRequests(options.TimeProvider, options.Timers.Timeout, _admission);
        _maxRememberedBytes = options.MaxRememberedBytes;
        _trace = trace;
    }

    public TimerQueue Queue { get; }

    public SipTimers Timers { get; }

    /// <summary>Who waits for an answer, and where.</summary>
    public WaitingTransactions Waiting { get; } = new();

    /// <summary>Gets every ACK that no transaction absorbs: those of 2xx, which are the transaction user's (RFC 6026 section 7.1).</summary>
    public Action<SipRequest>? AckReceived { get; init; }

    /// <summary>Gets every new request that came above a limit; it has no transaction and has to be refused without one.</summary>
    public Action<SipRequest, ISipTransport, IPEndPoint>? OverLimit { get; init; }

    public int ClientCount => _clients.Count + _cancels.Count;

    public int ServerCount => _servers.Count + _answered.Count;

    /// <summary>Sends a request whose topmost Via is ours.</summary>
    public ClientTransaction Begin(SipRequest request, string branch, TransportChoice choice, Action<SipResponse>? onResponse)
    {
        var transaction = new ClientTransaction(this, request, branch, choice, onResponse);
        TableOf(request.Method)[branch] = transaction;
        Waiting.Set(transaction);
        transaction.Start();
        return transaction;
    }

    /// <summary>Gives a response to its transaction; false where it has none.</summary>
    public bool Receive(SipResponse response)
    {
        Span<char> buffer = stackalloc char[512];
        response.Headers.TryGetChars(HeaderId.Via, buffer, out var text);
        if (response.CSeq is not { } cseq || !ViaParts.TryReadFirst(text, out var via) || !via.TryFind("branch", out var branch)
            || !TableOf(cseq.Method).GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(branch, out var transaction)
            || transaction.Request.Method != cseq.Method)
        {
            return false;
        }

        transaction.Receive(response);
        return true;
    }

    /// <summary>Gives a request to its transaction.</summary>
    /// <returns>A new transaction for a new request; null where the request was a retransmission, an ACK, or the CANCEL of an INVITE.</returns>
    public ServerTransaction? Receive(SipRequest request, ISipTransport transport, IPEndPoint source)
    {
        Span<char> buffer = stackalloc char[512];
        request.Headers.TryGetChars(HeaderId.Via, buffer, out var text);
        ViaParts.TryReadFirst(text, out var via);
        Span<byte> keyBuffer = stackalloc byte[256];
        var key = TransactionKey.Of(request, via, keyBuffer);
        var hash = TransactionKey.HashOf(key);
        var version = _answered.Version;
        if (_servers.Find(key, hash) is { } existing)
        {
            ReceiveAgain(existing, request);
            return null;
        }

        if (request.Method == SipMethods.Ack)
        {
            AckReceived?.Invoke(request);
            return null;
        }

        if (TryAnswerAgain(key, hash))
        {
            return null;
        }

        var invite = request.Method == SipMethods.Cancel ? FindInvite(request, via) : null;
        var isFull = _answered.Bytes > _maxRememberedBytes && invite is null;
        if (isFull || !_admission.TryEnter(source.Address, isExempt: invite is not null, out var bucket))
        {
            OverLimit?.Invoke(request, transport, source);
            return null;
        }

        request.Headers.ReplaceFirstValue(HeaderId.Via, via.WithSource(source));
        var transaction = new ServerTransaction(
            this, request, key.ToArray(), hash, transport, source, ResponseRoute.Of(via, transport.Kind, source), invite?.LocalTag) { SourceBucket = bucket };
        if (!_servers.TryAdd(transaction))
        {
            _admission.Leave(bucket);
            return null;
        }

        if (_answered.Version != version && TryAnswerAgain(key, hash))
        {
            // A copy that came another way was answered between the two looks.
            Remove(transaction);
            return null;
        }

        if (invite is not null)
        {
            transaction.Respond(200);
            invite.ReceiveCancel();
            return null;
        }

        transaction.Start();
        return transaction;
    }

    /// <summary>A transport has been closed on this side: nothing that waits for an answer over it gets one.</summary>
    /// <param name="transport">Which.</param>
    public void OnClosed(ISipTransport transport)
    {
        foreach (var transaction in _clients.Values.Concat(_cancels.Values).Where(t => t.Transport == transport && !t.FinalResponse.IsCompleted).ToList())
        {
            transaction.Fail(new SipTransportException(
                $"{transaction.Target} was left for another address before it answered.", null, SipTransportFault.ConnectionLost));
        }
    }

    /// <summary>A connection was lost, or a port is unreachable: whoever waits for an answer from there learns it now.</summary>
    public void OnFailed(ISipTransport transport, IPEndPoint? remote, SipTransportException cause)
    {
        foreach (var transaction in Waiting.At(transport, remote))
        {
            transaction.Fail(cause);
        }
    }

    public async ValueTask SendAsync(ISipTransport transport, SipTarget target, SipMessage message)
    {
        _stop.Token.ThrowIfCancellationRequested();
        var writer = new SipBufferWriter(1024);
        try
        {
            try
            {
                message.WriteTo(ref writer);
            }
            catch (Exception e)
            {
                // Whoever waits for the answer is told now, and not by a timeout.
                throw new SipTransportException("The message cannot be written.", e, SipTransportFault.Unwritable);
            }

            _trace?.RecordSent(transport, target.EndPoint, writer.Written.Span);
            await transport.SendAsync(target, writer.Written, _stop.Token).ConfigureAwait(false);
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>Sends a response; where its connection is closed, over a new one (RFC 3261 section 18.2.2).</summary>
    public async ValueTask SendAsync(ISipTransport transport, ResponseRoute route, SipResponse response)
    {
        try
        {
            await SendAsync(transport, route.First, response).ConfigureAwait(false);
        }
        catch (SipTransportException) when (route.Fallback is not null)
        {
            await SendAsync(transport, route.Fallback.Value, response).ConfigureAwait(false);
        }
    }

    /// <summary>Sends the final response of a request, and keeps no more than is needed to send it again (timer J).</summary>
    public async Task AnswerAsync(ServerTransaction transaction, SipResponse response)
    {
        var writer = new SipBufferWriter(1024);
        try
        {
            response.WriteTo(ref writer);

            // In this order, so that a copy that comes now finds the one or the other.
            _answered.Add(
                transaction.Key, transaction.KeyHash, transaction.Transport, transaction.Reply.First.EndPoint, transaction.SourceBucket, writer.Written.Span);
            _servers.Remove(transaction);
            await SendAsync(transaction.Transport, transaction.Reply.First, writer.Written).ConfigureAwait(false);
        }
        catch (SipTransportException)
        {
            // There is nothing left to remember.
            _answered.Remove(transaction.Key, transaction.KeyHash);
        }
        catch (OperationCanceledException)
        {
            // The stack is closing; nobody waits for this response here.
        }
        finally
        {
            writer.Dispose();
        }
    }

    public void Remove(ClientTransaction transaction) => TableOf(transaction.Request.Method).TryRemove(transaction.Branch, out _);

    public void Remove(ServerTransaction transaction)
    {
        if (_servers.Remove(transaction))
        {
            _admission.Leave(transaction.SourceBucket);
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        Queue.Dispose();
        _answered.Dispose();
        foreach (var transaction in _clients.Values.Concat(_cancels.Values))
        {
            transaction.Fail(new SipTransportException("The stack was closed."));
        }

        _clients.Clear();
        _cancels.Clear();
        _servers.Clear();
    }

    /// <summary>Answers a request that has come again as it was answered before; false where it is a new one.</summary>
    private bool TryAnswerAgain(ReadOnlySpan<byte> key, int hash)
    {
        if (!_answered.TryFind(key, hash, out var target, out var transport, out var response))
        {
            return false;
        }

        _ = AnswerAgainAsync(key.ToArray(), hash, transport!, target, response);
        return true;
    }

    private async Task AnswerAgainAsync(byte[] key, int hash, ISipTransport transport, SipTarget target, byte[] response)
    {
        try
        {
            await SendAsync(transport, target, response).ConfigureAwait(false);
        }
        catch (SipTransportException)
        {
            _answered.Remove(key, hash);
        }
        catch (OperationCanceledException)
        {
            // The stack is closing.
        }
    }

    private async ValueTask SendAsync(ISipTransport transport, SipTarget target, ReadOnlyMemory<byte> message)
    {
        _stop.Token.ThrowIfCancellationRequested();
        _trace?.RecordSent(transport, target.EndPoint, message.Span);
        await transport.SendAsync(target, message, _stop.Token).ConfigureAwait(false);
    }

    private ConcurrentDictionary<string, ClientTransaction> TableOf(string method) => method == SipMethods.Cancel ? _cancels : _clients;

    private void ReceiveAgain(ServerTransaction existing, SipRequest request)
    {
        if (existing.Receive(request).Has(TransactionActions.Pass) && request.Method == SipMethods.Ack)
        {
            // A peer that reuses the branch of its INVITE, or has none (RFC 2543).
            AckReceived?.Invoke(request);
        }
    }

    /// <summary>What a CANCEL is for.</summary>
    private ServerTransaction? FindInvite(SipRequest request, ViaParts via)
    {
        var key = TransactionKey.OfInvite(request, via, stackalloc byte[256]);
        return _servers.Find(key, TransactionKey.HashOf(key));
    }
}
