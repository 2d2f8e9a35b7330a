namespace ComIm.Client.Messaging.Sending;

/// <summary>How long the pieces of a content are that is refused for its length, in bytes.</summary>
internal static class PieceLength
{
    /// <summary>The first try: with its header such a request fits the 4 KiB that widespread proxies read at once.</summary>
    public const int First = 2048;

    /// <summary>No piece is made shorter: with its header a request of this fits any datagram (RFC 3261 section 18.1.1).</summary>
    public const int Least = 512;

    /// <summary>What to try after a content of a length was refused; null where shorter ones make no sense.</summary>
    public static int? After(int refused) => refused > First ? First : refused > Least ? Math.Max(Least, refused / 2) : null;
}
