using ComIm.Client.Messaging.Cpim;

namespace ComIm.Client.Messaging.Receipts;

/// <summary>What the sender of a message wants to know of it (RFC 5438 section 6.2), and what it has been told.</summary>
/// <param name="MessageId">The message's name.</param>
/// <param name="WantsDelivery">Whether it asks for a receipt of delivery.</param>
/// <param name="WantsDisplay">Whether it asks for a receipt of display.</param>
/// <param name="Written">When it was written, where its sender says so.</param>
internal sealed record ReceiptRequest(string MessageId, bool WantsDelivery, bool WantsDisplay, DateTimeOffset? Written)
{
    private const int MaxIdLength = 512;

    private bool _isDisplayed;

    /// <summary>Reads the request in an envelope; null where it holds none.</summary>
    public static ReceiptRequest? Of(CpimMessage envelope)
    {
        if (envelope.Get(ImdnNames.Space, ImdnNames.MessageId) is not { Length: > 0 and <= MaxIdLength } id || !id.All(IsOfName)
            || envelope.Get(ImdnNames.Space, ImdnNames.Disposition) is not { } wanted)
        {
            return null;
        }

        var names = wanted.Split(',').Select(n => n.Split(';')[0].Trim()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var request = new ReceiptRequest(id, names.Contains(ImdnNames.PositiveDelivery), names.Contains(ImdnNames.Display), envelope.DateTime);
        return request.WantsDelivery || request.WantsDisplay ? request : null;
    }

    // A name is a token (section 6.3); some peers make theirs of an address. The receipt repeats it in XML, which cannot hold what an
    // escape in the envelope may stand for (RFC 3862 section 2.3.1).
    private static bool IsOfName(char c) => c is > ' ' and <= '~';

    /// <summary>True the first time: a display is told of once.</summary>
    public bool TryDisplay() => WantsDisplay && !Interlocked.Exchange(ref _isDisplayed, true);
}
