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
    private readonly ConcurrentDictionary<string, IServerEntry> _servers = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly SipTraceSink? _trace;

    public TransactionLayer(TimeProvider time, SipTimers timers, SipTraceSink? trace)
    {
        Queue = new TimerQueue(time);
        Timers = timers;
        _trace = trace;
    }

    public TimerQueue Queue { get; }

    public SipTimers Timers { get; }

    /// <summary>Gets every ACK that no transaction absorbs: those of 2xx, which are the transaction user's (RFC 6026 section 7.1).</summary>
    public Action<SipRequest>? AckReceived { get; init; }

    public int ClientCount => _clients.Count + _cancels.Count;

    public int ServerCount => _servers.Count;

    /// <summary>Sends a request whose topmost Via is ours.</summary>
    public ClientTransaction Begin(SipRequest request, string branch, TransportChoice choice, Action<SipResponse>? onResponse)
    {
        var transaction = new ClientTransaction(this, request, branch, choice, onResponse);
        TableOf(request.Method)[branch] = transaction;
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
        Span<char> keyBuffer = stackalloc char[256];
        var key = TransactionKey.Of(request, via, keyBuffer);
        var servers = _servers.GetAlternateLookup<ReadOnlySpan<char>>();
        if (servers.TryGetValue(key, out var existing))
        {
            var actions = existing.Receive(request);
            if (request.Method == SipMethods.Ack && actions.Has(TransactionActions.Pass))
            {
                // A peer that reuses the branch of its INVITE, or has none (RFC 2543).
                AckReceived?.Invoke(request);
            }

            return null;
        }

        if (request.Method == SipMethods.Ack)
        {
            AckReceived?.Invoke(request);
            return null;
        }

        ServerTransaction? invite = null;
        if (request.Method == SipMethods.Cancel)
        {
            servers.TryGetValue(TransactionKey.OfInvite(request, via, stackalloc char[256]), out var cancelled);
            invite = cancelled as ServerTransaction;
        }

        request.Headers.ReplaceFirstValue(HeaderId.Via, via.WithSource(source));
        var transaction = new ServerTransaction(
            this, request, key.ToString(), transport, source, ResponseRoute.Of(via, transport.Kind, source), invite?.LocalTag);
        if (!_servers.TryAdd(transaction.Key, transaction))
        {
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

    /// <summary>A connection was lost, or a port is unreachable: whoever waits for an answer from there learns it now.</summary>
    public void OnFailed(ISipTransport transport, IPEndPoint? remote, SipTransportException cause)
    {
        var waiting = _clients.Values.Concat(_cancels.Values).Where(t => t.Transport == transport && !t.FinalResponse.IsCompleted).ToList();
        if (remote is null)
        {
            // The system names no address. It is certain only where all who wait, wait for the same.
            remote = waiting.FirstOrDefault()?.Target.EndPoint;
            if (!waiting.TrueForAll(t => t.Target.EndPoint.Equals(remote)))
            {
                return;
            }
        }

        foreach (var transaction in waiting.Where(t => t.Target.EndPoint.Equals(remote)))
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
            message.WriteTo(ref writer);
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

    /// <summary>Sends a response that was written before.</summary>
    public async ValueTask SendAsync(ISipTransport transport, SipTarget target, ReadOnlyMemory<byte> response)
    {
        _stop.Token.ThrowIfCancellationRequested();
        _trace?.RecordSent(transport, target.EndPoint, response.Span);
        await transport.SendAsync(target, response, _stop.Token).ConfigureAwait(false);
    }

    /// <summary>Sends the final response of a request, and keeps no more than is needed to send it again.</summary>
    public void Answer(ServerTransaction transaction, SipResponse response)
    {
        var answered = new AnsweredRequest(this, transaction.Key, transaction.Transport, transaction.Reply.First, response.ToBytes());
        _servers[transaction.Key] = answered;
        _ = answered.SendAsync();
    }

    public void Remove(ClientTransaction transaction) => TableOf(transaction.Request.Method).TryRemove(transaction.Branch, out _);

    public void Remove(string key, IServerEntry entry) => _servers.TryRemove(KeyValuePair.Create(key, entry));

    public void Dispose()
    {
        _stop.Cancel();
        Queue.Dispose();
        foreach (var transaction in _clients.Values.Concat(_cancels.Values))
        {
            transaction.Fail(new SipTransportException("The stack was closed."));
        }

        _clients.Clear();
        _cancels.Clear();
        _servers.Clear();
    }

    private ConcurrentDictionary<string, ClientTransaction> TableOf(string method) => method == SipMethods.Cancel ? _cancels : _clients;
}
