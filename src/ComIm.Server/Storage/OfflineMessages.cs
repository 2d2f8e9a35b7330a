using System.Collections.Concurrent;
using System.Globalization;
using ComIm.Server.Limits;
using ComIm.Server.Proxy;
using ComIm.Server.Registrar;
using ComIm.Sip;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;
using Microsoft.Extensions.Logging;

namespace ComIm.Server.Storage;

/// <summary>
/// Takes messages for users who are away and hands them over, in their order, when they register (RFC 3428 section 7). A
/// message is answered 202 when it is on the disk and forgotten when its recipient has answered it: a crash between makes it
/// come twice, and since it keeps From, Call-ID and CSeq its recipient can tell.
/// </summary>
internal sealed class OfflineMessages(MessageStore store, LocationService location, TimeProvider time, ServerMetrics metrics, Func<SipStack> stack, ILogger log)
{
    private const int ReadAhead = 50;

    private readonly ConcurrentDictionary<string, Delivery> _deliveries = new(StringComparer.Ordinal);

    /// <summary>Stores a message and answers it.</summary>
    /// <param name="transaction">The request.</param>
    /// <param name="request">The same, to be changed.</param>
    /// <param name="user">Its recipient.</param>
    /// <param name="lifetime">How long it may wait.</param>
    public async Task StoreAsync(ServerTransaction transaction, SipRequest request, string user, TimeSpan lifetime)
    {
        var now = time.GetUtcNow();
        foreach (var id in new[] { HeaderId.Via, HeaderId.Route, HeaderId.RecordRoute, HeaderId.ProxyAuthorization, HeaderId.MaxForwards, HeaderId.MaxBreadth })
        {
            request.Headers.Remove(id);
        }

        if (!request.Headers.Contains(HeaderId.Date))
        {
            // When it was sent, not when it will be read (RFC 3428 section 7).
            request.Headers.Add(HeaderId.Date, now.ToString("r", CultureInfo.InvariantCulture));
        }

        if (uint.TryParse(request.Headers.Get(HeaderId.Expires), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds < lifetime.TotalSeconds)
        {
            lifetime = TimeSpan.FromSeconds(seconds);
        }

        // With the sender, who is proved: nobody can take the place of another's message in advance.
        var sender = request.From!.Uri?.User ?? "";
        var key = $"{request.CallId} {request.CSeq!.Value.Number} {request.From.Tag} {sender}";
        var verdict = await store.AddAsync(user, sender, key, now + lifetime, request.ToBytes()).ConfigureAwait(false);
        Answer(transaction, verdict);
        if (verdict == StoreVerdict.Stored && location.Find(user).Count > 0)
        {
            // He has come back meanwhile.
            Deliver(user);
        }
    }

    /// <summary>Begins to deliver what waits for a user; where that is under way, looks again at its end.</summary>
    /// <param name="user">A user who has registered.</param>
    public void Deliver(string user)
    {
        if (store.Has(user) && _deliveries.GetOrAdd(user, static _ => new Delivery()).TryBegin())
        {
            _ = DeliverAllAsync(user);
        }
    }

    private void Answer(ServerTransaction transaction, StoreVerdict verdict)
    {
        if (verdict == StoreVerdict.Stored)
        {
            metrics.Stored.Add(1);
            transaction.Respond(202);
        }
        else if (verdict == StoreVerdict.TooLarge)
        {
            transaction.Respond(413);
        }
        else
        {
            var limit = verdict switch
            {
                StoreVerdict.UserFull => "mailbox",
                StoreVerdict.SenderFull => "mailbox of sender",
                StoreVerdict.Full => "store",
                _ => "disk",
            };
            metrics.Refuse(transaction, limit, TimeSpan.FromMinutes(5));
        }
    }

    private async Task DeliverAllAsync(string user)
    {
        var delivery = _deliveries[user];
        do
        {
            try
            {
                await DeliverOnceAsync(user).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // What goes wrong here is tried again at the next registration.
            catch (Exception e)
#pragma warning restore CA1031
            {
                log.LogError(e, "Messages that wait for {User} could not be delivered", user);
            }
        }
        while (delivery.MustLookAgain());
    }

    private async Task DeliverOnceAsync(string user)
    {
        var deletions = new List<Task>();
        for (long last = 0; ;)
        {
            var waiting = await store.ReadAsync(user, last, ReadAhead).ConfigureAwait(false);
            foreach (var message in waiting)
            {
                if (message.Expires > time.GetUtcNow() && !await TryHandOverAsync(user, message).ConfigureAwait(false))
                {
                    await Task.WhenAll(deletions).ConfigureAwait(false);
                    return;
                }

                deletions.Add(store.DeleteAsync(user, message));
                last = message.Id;
            }

            await Task.WhenAll(deletions).ConfigureAwait(false);
            deletions.Clear();
            if (waiting.Count < ReadAhead)
            {
                return;
            }
        }
    }

    /// <summary>Sends a message everywhere; true where it need not be kept.</summary>
    private async Task<bool> TryHandOverAsync(string user, StoredMessage message)
    {
        var bindings = location.Find(user);
        if (bindings.Count == 0 || SipParser.ParseDatagram(message.Request).Message is not SipRequest request)
        {
            return bindings.Count > 0;
        }

        // It is a request of our own now, with a breadth of its own, which suffices: users have fewer devices (RFC 5393 section 5.2).
        var shares = Breadth.Share(Breadth.Max, bindings.Count);
        var statuses = new List<int>();
        await foreach (var answer in Task.WhenEach(bindings.Select((b, i) => AskAsync(user, request, b, shares[i]))).ConfigureAwait(false))
        {
            statuses.Add(await answer.ConfigureAwait(false));
            if (statuses[^1] is >= 200 and < 300)
            {
                // A device that has vanished would hold up every message until it times out.
                metrics.Delivered.Add(1);
                return true;
            }
        }

        if (statuses.Any(s => s is 408 or 480 or 486 or 491 or (>= 500 and < 600)))
        {
            return false;
        }

        // Refused for good, as a type that the recipient cannot show: the next attempt would end the same, and hold up all behind.
        log.LogWarning("A message that waited for {User} was refused with {Status}", user, statuses[0]);
        return true;
    }

    private async Task<int> AskAsync(string user, SipRequest request, Binding binding, int share)
    {
        try
        {
            var copy = request.CopyTo(binding.Contact.WithoutHeaders());
            Breadth.Put(copy, share);
            var transaction = stack().Begin(copy, binding.Target);
            var response = await transaction.FinalResponse.ConfigureAwait(false);
            if (transaction.FailureCause is not null && response.StatusCode == 503)
            {
                location.OnFlowLost(user, binding);
            }

            return response.StatusCode;
        }
        catch (SipTransportException)
        {
            location.OnFlowLost(user, binding);
            return 503;
        }
    }

    /// <summary>At most one delivery to a user at a time, or their order would be lost.</summary>
    private sealed class Delivery
    {
        private readonly Lock _gate = new();
        private bool _isRunning;
        private bool _isAskedAgain;

        public bool TryBegin()
        {
            lock (_gate)
            {
                (_isAskedAgain, var began) = (_isRunning, !_isRunning);
                _isRunning = true;
                return began;
            }
        }

        public bool MustLookAgain()
        {
            lock (_gate)
            {
                _isRunning = _isAskedAgain;
                _isAskedAgain = false;
                return _isRunning;
            }
        }
    }
}
