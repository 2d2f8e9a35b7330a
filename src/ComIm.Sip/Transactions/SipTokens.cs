using System.Security.Cryptography;

namespace ComIm.Sip.Transactions;

/// <summary>The random names of the protocol. They are unguessable, since a guessed one lets a stranger in.</summary>
public static class SipTokens
{
    /// <summary>A tag (RFC 3261 section 19.3).</summary>
    public static string NewTag() => RandomNumberGenerator.GetHexString(16, lowercase: true);

    /// <summary>A branch (RFC 3261 section 8.1.1.7).</summary>
    public static string NewBranch() => Messages.ViaHeader.MagicCookie + RandomNumberGenerator.GetHexString(20, lowercase: true);

    /// <summary>A Call-ID (RFC 3261 section 8.1.1.4). It names no host: that would tell strangers an address.</summary>
    public static string NewCallId() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
