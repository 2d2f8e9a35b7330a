using System.Globalization;
using ComIm.Sip;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Server.Conferencing;

/// <summary>
/// Sends what is said in a room to one member, one message after another: over UDP one that is lost and sent again would come
/// behind its successor, and be refused (RFC 3261 section 12.2.2). How much may wait is bounded.
/// </summary>
/// <param name="session">The member's session.</param>
/// <param name="maxBytes">How much may wait.</param>
/// <param name="onSettled">A message has been answered.</param>
/// <param name="onLost">The member takes nothing any more, or too slowly.</param>
internal sealed class MemberOutbox(InviteSession session, int maxBytes, Action<RoomMessage, SipOutcome> onSettled, Action onLost)
{
    private const int MaxWaiting = 500;
    private const int MaxAttempts = 3;

    private readonly Lock _gate = new();
    private readonly LinkedList<RoomMessage> _waiting = new();
    private long _bytes;
    private RoomMessage? _inFlight;
    private bool _isSending;
    private bool _isClosed;

    /// <summary>Adds a message; may not block.</summary>
    public void Add(RoomMessage message)
    {
        var isTooMuch = false;
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            if (message.IsTransient)
            {
                RemoveOlder(message);
            }

            isTooMuch = _waiting.Count >= MaxWaiting || _bytes > maxBytes;
            Append(message);
            if (isTooMuch)
            {
                // Also for later: who is too slow would only be so again.
                Close();
            }

            Start();
        }

        if (isTooMuch)
        {
            onLost();
        }
    }

    /// <summary>Takes over what a session that was lost has left, however much it is; may not block.</summary>
    /// <param name="messages">In their order.</param>
    public void Resume(IEnumerable<RoomMessage> messages)
    {
        lock (_gate)
        {
            foreach (var message in messages)
            {
                Append(message);
            }

            Start();
        }
    }

    /// <summary>Nothing more is sent.</summary>
    /// <returns>What the member has not answered yet, that which is under way included: it has been accepted, and is not to be lost.</returns>
    public IReadOnlyList<RoomMessage> Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            List<RoomMessage> unread = [.. _inFlight is null ? [] : new[] { _inFlight }, .. _waiting];
            _inFlight = null;
            _waiting.Clear();
            _bytes = 0;
            unread.RemoveAll(m => m.IsTransient);
            return unread;
        }
    }

    private void Append(RoomMessage message)
    {
        _waiting.AddLast(message);
        _bytes += message.Size;
    }

    private void Take(LinkedListNode<RoomMessage> node)
    {
        _waiting.Remove(node);
        _bytes -= node.Value.Size;
    }

    private void Start()
    {
        if (!_isClosed && !_isSending && _waiting.Count > 0)
        {
            _isSending = true;
            _ = Task.Run(SendAllAsync);
        }
    }

    // Of what is said of the moment only the newest word of each sender counts.
    private void RemoveOlder(RoomMessage message)
    {
        for (var node = _waiting.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.IsTransient && node.Value.Sender.UriText == message.Sender.UriText)
            {
                Take(node);
            }

            node = next;
        }
    }

    private RoomMessage? TakeNext()
    {
        lock (_gate)
        {
            _inFlight = null;
            if (!_isClosed && _waiting.First is { } first)
            {
                Take(first);
                _inFlight = first.Value;
            }
            else
            {
                _isSending = false;
            }

            return _inFlight;
        }
    }

    private async Task SendAllAsync()
    {
        try
        {
            await session.Acknowledged.ConfigureAwait(false);
            while (TakeNext() is { } message)
            {
                var outcome = await TrySendAsync(message).ConfigureAwait(false);
                onSettled(message, outcome);
                if (outcome.Failure is not null || outcome.StatusCode is 408 or 481)
                {
                    Lose();
                    return;
                }
            }
        }
#pragma warning disable CA1031 // The server stops, has no such transport any more, or errs: an outbox that only fell silent would be worse.
        catch (Exception)
#pragma warning restore CA1031
        {
            Lose();
        }
    }

    // What waits is left to whoever closes the outbox.
    private void Lose()
    {
        lock (_gate)
        {
            _isClosed = true;
        }

        onLost();
    }

    /// <summary>Sends a message; one that cannot be made or sent has failed for this member, and keeps nothing else back.</summary>
    private async Task<SipOutcome> TrySendAsync(RoomMessage message)
    {
        try
        {
            return await SendAsync(message).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever it is, it belongs to this message.
        catch (Exception e) when (e is not (OperationCanceledException or ObjectDisposedException or SipTransportException))
#pragma warning restore CA1031
        {
            return new SipOutcome(new SipResponse(500), null);
        }
    }

    /// <summary>Sends a message; one that came out of order, since something else of the session overtook it, again.</summary>
    private async Task<SipOutcome> SendAsync(RoomMessage message)
    {
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await session.SendAsync(CreateRequest(message)).ConfigureAwait(false);
            if (outcome is not { StatusCode: 500, Failure: null } || attempt == MaxAttempts)
            {
                return outcome;
            }
        }
    }

    private SipRequest CreateRequest(RoomMessage message)
    {
        var request = session.CreateRequest(message.Method);

        // From is the room, whose dialog this is; who said it is asserted by the server (RFC 3325 section 9.1), and told in the
        // way of Microsoft's conferences as well.
        request.Headers.Add("P-Asserted-Identity", message.Sender.ToString());
        request.Headers.Add("Ms-Sender", "<" + message.Sender.UriText + ">");
        if (!message.IsTransient)
        {
            request.Headers.Add("Message-Id", message.Number.ToString(CultureInfo.InvariantCulture));
            request.Headers.Add(HeaderId.Date, message.Sent.UtcDateTime.ToString("R", CultureInfo.InvariantCulture));
        }

        request.SetBody(message.Body.ContentType, message.Body.Content);
        if (message.Encoding is not null)
        {
            request.Headers.Add(HeaderId.ContentEncoding, message.Encoding);
        }

        return request;
    }
}
