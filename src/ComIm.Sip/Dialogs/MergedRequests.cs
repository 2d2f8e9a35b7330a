using System.Collections.Concurrent;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Dialogs;

/// <summary>
/// Knows which INVITEs are being answered, so that a second copy that took another way through forking proxies is refused
/// with 482 (RFC 3261 section 8.2.2.2).
/// </summary>
internal sealed class MergedRequests
{
    private readonly ConcurrentDictionary<(string CallId, string FromTag, uint Number), bool> _pending = new();

    /// <summary>False where a copy is being answered already.</summary>
    public bool TryAdd(SipRequest request) => _pending.TryAdd(KeyOf(request), true);

    /// <summary>The request has its final response.</summary>
    public void Remove(SipRequest request) => _pending.TryRemove(KeyOf(request), out _);

    private static (string CallId, string FromTag, uint Number) KeyOf(SipRequest request) =>
        (request.CallId!, request.From?.Tag ?? string.Empty, request.CSeq?.Number ?? 0);
}
