using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;

namespace ComIm.Server.Conferencing;

/// <summary>What one member says to all others.</summary>
/// <param name="Number">Its number in the room, from 1 on; 0 where it is of the moment only, as typing is.</param>
/// <param name="Method">MESSAGE, or INFO for the typing of Microsoft's clients.</param>
/// <param name="Sender">Who says it.</param>
/// <param name="Body">What.</param>
/// <param name="Sent">When.</param>
internal sealed record RoomMessage(long Number, string Method, NameAddress Sender, SessionBody Body, DateTimeOffset Sent)
{
    /// <summary>The coding of the body (RFC 3261 section 20.12), which goes on as it is; or null.</summary>
    public string? Encoding { get; init; }

    public bool IsTransient => Number == 0;

    /// <summary>What it takes in memory, about.</summary>
    public int Size => 512 + Body.Content.Length + (2 * (Body.ContentType.Length + (Encoding?.Length ?? 0)));
}
