using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ComIm.Sip.Authentication;

/// <summary>
/// A server's nonces. They carry their time and are signed with a key of this process, so none has to be stored until it
/// is used; each count of a nonce is taken once, and only from where it was asked for: who forges the source of a datagram never sees
/// a nonce that is good there. Safe for use by several threads.
/// </summary>
internal sealed class NonceLedger(string realm, TimeProvider time, TimeSpan lifetime, int maxNonces)
{
    private const int TimeLength = 16;
    private const int HeadLength = TimeLength + 16;
    private const int SignatureBytes = 16;
    private const int NonceLength = HeadLength + (SignatureBytes * 2);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _counts = new(StringComparer.Ordinal);

    // Nonces up to this time have been forgotten; since their counts are not known any more, they are stale.
    private long _forgottenUntil;

    /// <summary>Makes a nonce: its time, a random part that tells it from others of that time, and a signature.</summary>
    /// <param name="source">Where it is good; null for everywhere.</param>
    public string New(string? source = null)
    {
        var head = time.GetUtcNow().UtcTicks.ToString("x16", CultureInfo.InvariantCulture)
            + RandomNumberGenerator.GetHexString(HeadLength - TimeLength, lowercase: true);
        return head + Sign(head, source);
    }

    /// <summary>Whether a good nonce has gone through half of its time, so that a new one is worth sending.</summary>
    /// <param name="nonce">The nonce.</param>
    /// <param name="source">Where it is good.</param>
    public bool IsAging(string nonce, string? source = null) => TryReadTime(nonce, source, out var ticks) && (time.GetUtcNow().UtcTicks - ticks) * 2 > lifetime.Ticks;

    /// <summary>Takes a count of a nonce; false where the nonce is not good, or the count was taken before.</summary>
    /// <param name="nonce">The nonce.</param>
    /// <param name="count">The count; null for credentials without one, which use up the nonce.</param>
    /// <param name="source">Where it is used.</param>
    public bool Take(string nonce, uint? count, string? source = null)
    {
        bool isKnown;
        lock (_gate)
        {
            isKnown = _counts.TryGetValue(nonce, out var entry) && entry.Source == source;
        }

        // The signature of one that has been taken before, there, has been checked then.
        if (!(isKnown ? TryParseTime(nonce, out var ticks) : TryReadTime(nonce, source, out ticks)))
        {
            return false;
        }

        lock (_gate)
        {
            if (!IsInTime(ticks) || ticks <= _forgottenUntil)
            {
                return false;
            }

            if (_counts.Count >= maxNonces && !_counts.ContainsKey(nonce))
            {
                Forget();
            }

            ref var taken = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, nonce, out _);
            taken.Source = source;
            return count is { } number ? taken.Counts.Take(number) : taken.Counts.TakeAll();
        }
    }

    private bool IsInTime(long ticks) => time.GetUtcNow().UtcTicks - ticks <= lifetime.Ticks;

    private bool TryReadTime(string nonce, string? source, out long ticks)
    {
        ticks = 0;
        return nonce.Length == NonceLength
            && CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(nonce[HeadLength..]), Encoding.UTF8.GetBytes(Sign(nonce[..HeadLength], source)))
            && TryParseTime(nonce, out ticks);
    }

    private static bool TryParseTime(string nonce, out long ticks) =>
        long.TryParse(nonce.AsSpan(0, TimeLength), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ticks);

    /// <summary>Forgets the older half. A nonce begins with its time, so the order of text is the order of age.</summary>
    private void Forget()
    {
        foreach (var nonce in _counts.Keys.Order(StringComparer.Ordinal).Take(Math.Max(1, maxNonces / 2)).ToList())
        {
            _counts.Remove(nonce);
            _forgottenUntil = long.Parse(nonce.AsSpan(0, TimeLength), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }
    }

    // The head has a fixed length and a source no space, so that the parts cannot run into each other.
    private string Sign(string head, string? source) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(head + source + " " + realm)).AsSpan(0, SignatureBytes));

    private struct Entry
    {
        public NonceCounts Counts;
        public string? Source;
    }
}
