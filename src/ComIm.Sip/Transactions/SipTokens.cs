using System.Security.Cryptography;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Transactions;

/// <summary>The random names of the protocol. They are unguessable, since a guessed one lets a stranger in.</summary>
public static class SipTokens
{
    /// <summary>What stands in front of a tag.</summary>
    internal const string TagParameter = ";tag=";

    private const int BatchSize = 4096;

    // The system's generator is asked for many names at a time: one call costs more than one message.
    [ThreadStatic]
    private static byte[]? _batch;

    [ThreadStatic]
    private static int _used;

    /// <summary>A tag (RFC 3261 section 19.3).</summary>
    public static string NewTag() => Convert.ToHexStringLower(Next(8));

    /// <summary>A tag with the parameter's name in front, as it is put behind To.</summary>
    internal static string NewTagParameter()
    {
        Span<char> text = stackalloc char[TagParameter.Length + 16];
        TagParameter.CopyTo(text);
        Convert.TryToHexStringLower(Next(8), text[TagParameter.Length..], out _);
        return text.ToString();
    }

    /// <summary>A branch (RFC 3261 section 8.1.1.7).</summary>
    public static string NewBranch()
    {
        Span<char> text = stackalloc char[ViaHeader.MagicCookie.Length + 20];
        ViaHeader.MagicCookie.CopyTo(text);
        Convert.TryToHexStringLower(Next(10), text[ViaHeader.MagicCookie.Length..], out _);
        return text.ToString();
    }

    /// <summary>A Call-ID (RFC 3261 section 8.1.1.4). It names no host: that would tell strangers an address.</summary>
    public static string NewCallId() => Convert.ToHexStringLower(Next(16));

    /// <summary>The numbers behind a Call-ID and a tag, for who keeps many of them for long; each has all its bits random.</summary>
    internal static (Guid CallId, ulong Tag) NewNumbers()
    {
        var callId = new Guid(Next(16));
        return (callId, BitConverter.ToUInt64(Next(8)));
    }

    private static ReadOnlySpan<byte> Next(int count)
    {
        var batch = _batch ??= new byte[BatchSize];
        if (_used == 0 || _used + count > BatchSize)
        {
            RandomNumberGenerator.Fill(batch);
            _used = 0;
        }

        _used += count;
        return batch.AsSpan(_used - count, count);
    }
}
