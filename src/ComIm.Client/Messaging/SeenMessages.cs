using ComIm.Sip.Messages;

namespace ComIm.Client.Messaging;

/// <summary>
/// Remembers the last requests, so that one that comes in a second time as a new transaction (through another proxy, or
/// sent again after a lost connection) is shown once. It is the merged-request rule of RFC 3261 section 8.2.2.2.
/// </summary>
internal sealed class SeenMessages
{
    private const int Capacity = 1000;

    private readonly Lock _gate = new();
    private readonly HashSet<(string CallId, uint Sequence, string FromTag)> _seen = [];
    private readonly Queue<(string CallId, uint Sequence, string FromTag)> _order = new();

    /// <summary>True the first time a request is shown to it.</summary>
    public bool Add(SipRequest request)
    {
        var key = KeyOf(request);
        lock (_gate)
        {
            if (!_seen.Add(key))
            {
                return false;
            }

            _order.Enqueue(key);
            if (_order.Count > Capacity)
            {
                _seen.Remove(_order.Dequeue());
            }

            return true;
        }
    }

    /// <summary>Whether a request has been shown to it.</summary>
    public bool Contains(SipRequest request)
    {
        lock (_gate)
        {
            return _seen.Contains(KeyOf(request));
        }
    }

    private static (string CallId, uint Sequence, string FromTag) KeyOf(SipRequest request) =>
        (request.CallId!, request.CSeq!.Value.Number, request.From!.Tag ?? string.Empty);
}
