using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ComIm.Client.Storage;
using ComIm.Sip.Messages;

namespace ComIm.Client.Messaging;

/// <summary>
/// Remembers the last requests, so that one that comes in a second time as a new transaction (through another proxy, sent again
/// after a lost connection, or stored by a server that was killed before it noted our answer) is shown once. It is the
/// merged-request rule of RFC 3261 section 8.2.2.2, and with a log it holds across runs.
/// </summary>
/// <param name="log">Keeps them across runs; null for not.</param>
internal sealed class SeenMessages(SeenLog? log = null)
{
    private readonly Lock _gate = new();
    private readonly HashSet<UInt128> _seen = [.. log?.Load() ?? []];
    private readonly Queue<UInt128> _order = new(log?.Load() ?? []);

    /// <summary>True the first time a request is shown to it.</summary>
    public bool Add(SipRequest request)
    {
        if (!TryBegin(request))
        {
            return false;
        }

        Keep(request);
        return true;
    }

    /// <summary>True the first time a request is shown to it, of which is not yet known whether it will be taken.</summary>
    public bool TryBegin(SipRequest request)
    {
        var key = KeyOf(request);
        lock (_gate)
        {
            if (!_seen.Add(key))
            {
                return false;
            }

            _order.Enqueue(key);
            if (_order.Count > SeenLog.Capacity)
            {
                _seen.Remove(_order.Dequeue());
            }

            return true;
        }
    }

    /// <summary>What was begun has been taken; with a log this holds across runs.</summary>
    public void Keep(SipRequest request)
    {
        lock (_gate)
        {
            log?.Append(KeyOf(request));
        }
    }

    /// <summary>What was begun was refused: whoever keeps it, a server's store, sends it again.</summary>
    public void Forget(SipRequest request)
    {
        lock (_gate)
        {
            // Its place in the order stays; it makes at most one other forgotten a little earlier.
            _seen.Remove(KeyOf(request));
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

    private static UInt128 KeyOf(SipRequest request)
    {
        // The parts cannot run into each other: none of them holds a line break.
        var name = $"{request.CallId}\n{request.CSeq!.Value.Number}\n{request.From!.Tag}";
        return BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
    }
}
