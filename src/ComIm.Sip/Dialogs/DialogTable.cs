using System.Collections.Concurrent;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Sip.Dialogs;

/// <summary>
/// Finds the dialog of every request that names one (RFC 3261 section 12.2.2), keeps the order of their numbers, and answers
/// 481 where there is none. Requests outside dialogs pass.
/// </summary>
public sealed class DialogTable : ISipRequestFilter
{
    private readonly ConcurrentDictionary<DialogId, Entry> _dialogs = new();
    private readonly ConcurrentDictionary<(string CallId, string LocalTag), IDialogUsage> _expected = new();

    /// <summary>How many dialogs there are.</summary>
    public int Count => _dialogs.Count;

    /// <summary>Uses a dialog.</summary>
    /// <param name="dialog">The dialog.</param>
    /// <param name="usage">Gets its requests.</param>
    public void Add(Dialog dialog, IDialogUsage usage)
    {
        ArgumentNullException.ThrowIfNull(dialog);
        _dialogs.AddOrUpdate(
            dialog.Id,
            static (_, added) => new Entry(added.dialog, [added.usage]),
            static (_, entry, added) => entry.Usages.Contains(added.usage) ? entry : entry with { Usages = [.. entry.Usages, added.usage] },
            (dialog, usage));
    }

    /// <summary>Uses a dialog no longer; with its last usage the dialog is gone.</summary>
    /// <param name="dialog">The dialog.</param>
    /// <param name="usage">The usage.</param>
    public void Remove(Dialog dialog, IDialogUsage usage)
    {
        ArgumentNullException.ThrowIfNull(dialog);
        while (_dialogs.TryGetValue(dialog.Id, out var entry) && entry.Usages.Contains(usage))
        {
            var rest = entry.Usages.Where(u => u != usage).ToArray();
            if (rest.Length == 0 ? _dialogs.TryRemove(KeyValuePair.Create(dialog.Id, entry))
                : _dialogs.TryUpdate(dialog.Id, entry with { Usages = rest }, entry))
            {
                return;
            }
        }
    }

    /// <summary>
    /// Expects a dialog that the peer makes by a request: a NOTIFY may come before the 2xx to the SUBSCRIBE (RFC 6665
    /// section 4.4.1).
    /// </summary>
    /// <param name="callId">The Call-ID of our request.</param>
    /// <param name="localTag">Its From tag.</param>
    /// <param name="usage">Gets the requests with any other remote tag.</param>
    public void Expect(string callId, string localTag, IDialogUsage usage) => _expected[(callId, localTag)] = usage;

    /// <summary>Expects it no longer.</summary>
    /// <param name="callId">The Call-ID.</param>
    /// <param name="localTag">The From tag.</param>
    public void Forget(string callId, string localTag) => _expected.TryRemove((callId, localTag), out _);

    /// <inheritdoc/>
    public bool TryTake(ServerTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var request = transaction.Request;
        if (DialogId.OfRequest(request) is not { } id)
        {
            // A CANCEL that found its INVITE has been answered below; this one found none (RFC 3261 section 9.2).
            return request.Method == SipMethods.Cancel && Refuse(transaction, 481);
        }

        if (!_dialogs.TryGetValue(id, out var entry))
        {
            if (_expected.TryGetValue((id.CallId, id.LocalTag), out var maker))
            {
                return maker.TryHandle(transaction) || Refuse(transaction, 481);
            }

            // It may have been made, and the expectation ended, between the two looks.
            if (!_dialogs.TryGetValue(id, out entry))
            {
                return Refuse(transaction, 481);
            }
        }

        if (request.Method == SipMethods.Cancel)
        {
            return Refuse(transaction, 481);
        }

        lock (entry.Dialog.Gate)
        {
            if (!entry.Dialog.Receive(request))
            {
                return Refuse(transaction, 500);
            }
        }

        foreach (var usage in entry.Usages)
        {
            if (usage.TryHandle(transaction))
            {
                return true;
            }
        }

        // The dialog is there, the usage is not: a NOTIFY without its subscription, a BYE without its session (RFC 5057).
        return Refuse(transaction, 481);
    }

    /// <inheritdoc/>
    public void OnAck(SipRequest ack)
    {
        if (DialogId.OfRequest(ack) is { } id && _dialogs.TryGetValue(id, out var entry))
        {
            foreach (var usage in entry.Usages)
            {
                usage.OnAck(ack);
            }
        }
    }

    private static bool Refuse(ServerTransaction transaction, int statusCode)
    {
        transaction.Respond(statusCode);
        return true;
    }

    private sealed record Entry(Dialog Dialog, IDialogUsage[] Usages);
}
