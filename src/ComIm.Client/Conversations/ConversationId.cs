using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace ComIm.Client.Conversations;

/// <summary>
/// The value of Ms-Conversation-ID, which ties together the sessions of one conversation: 22 bytes, the six high ones of the
/// time and a GUID, and five more each time the conversation is taken up again; in base64.
/// </summary>
internal static class ConversationId
{
    private const int RootLength = 22;
    private const int EntryLength = 5;
    private const int MaxLength = RootLength + (20 * EntryLength);
    private const int MaxTextLength = 256;

    public static string New(DateTimeOffset now)
    {
        var bytes = new byte[RootLength];
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, now.ToFileTime());
        time[..6].CopyTo(bytes);
        Guid.NewGuid().TryWriteBytes(bytes.AsSpan(6));
        return Convert.ToBase64String(bytes);
    }

    /// <summary>The id of the next session of a conversation. What is not of this form is another software's, and is kept.</summary>
    public static string Reenter(string id)
    {
        Span<byte> bytes = stackalloc byte[MaxTextLength];
        if (!Convert.TryFromBase64String(id, bytes, out var length)
            || length < RootLength || length >= MaxLength || (length - RootLength) % EntryLength != 0)
        {
            return id;
        }

        RandomNumberGenerator.Fill(bytes.Slice(length, EntryLength));
        return Convert.ToBase64String(bytes[..(length + EntryLength)]);
    }

    /// <summary>Whether a peer's id can be taken over.</summary>
    public static bool IsUsable([NotNullWhen(true)] string? id) => id is { Length: > 0 and <= MaxTextLength };
}
