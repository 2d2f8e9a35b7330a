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
/// <param name="onSettled">A message has been answered.</param>
/// <param name="onLost">The member takes nothing any more, or too slowly.</param>
internal sealed class MemberOutbox(InviteSession session, Action<RoomMessage, SipOutcome> onSettled, Action onLost)
{
    private const int MaxWaiting = 500;
    private const int MaxAttempts = 3;

    private readonly Lock _gate = new();
    private readonly LinkedList<RoomMessage> _waiting = new();
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

            isTooMuch = _waiting.Count >= MaxWaiting;
            if (isTooMuch)
            {
                _isClosed = true;
                _waiting.Clear();
            }
            else
            {
                _waiting.AddLast(message);
            }

            if (!isTooMuch && !_isSending)
            {
                _isSending = true;
                _ = Task.Run(SendAllAsync);
            }
        }

        if (isTooMuch)
        {
            onLost();
        }
    }

    /// <summary>Nothing more is sent.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _waiting.Clear();
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
                _waiting.Remove(node);
            }

            node = next;
        }
    }

    private RoomMessage? TakeNext()
    {
        lock (_gate)
        {
            if (_waiting.First is { } first)
            {
                _waiting.RemoveFirst();
                return first.Value;
            }

            _isSending = false;
            return null;
        }
    }

    private async Task SendAllAsync()
    {
        await session.Acknowledged.ConfigureAwait(false);
        while (TakeNext() is { } message)
        {
            SipOutcome outcome;
            try
            {
                outcome = await SendAsync(message).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SipTransportException)
            {
                // The server stops, or has no such transport any more.
                Close();
                onLost();
                return;
            }

            onSettled(message, outcome);
            if (outcome.Failure is not null || outcome.StatusCode is 408 or 481)
            {
                Close();
                onLost();
            }
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
