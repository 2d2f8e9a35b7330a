using ComIm.Sip.Dialogs;

namespace ComIm.Server.Conferencing;

/// <summary>One user's part in a room. It changes only under the room's lock.</summary>
/// <param name="user">The user part of the address.</param>
/// <param name="address">The address of record.</param>
internal sealed class RoomMember(string user, string address)
{
    public string User { get; } = user;

    public string Address { get; } = address;

    /// <summary>What they call themselves; goes into header fields and the roster.</summary>
    public string? DisplayName
    {
        get;
        set => field = PrintableText.Of(value);
    }

    public RoomRole Role { get; set; }

    /// <summary>Whether the focus asked them in; else they came by themselves.</summary>
    public bool IsDialedOut { get; init; }

    /// <summary>Their session; null while they are being asked in.</summary>
    public InviteSession? Session { get; set; }

    /// <summary>What waits to be sent to them; null while they are being asked in.</summary>
    public MemberOutbox? Outbox { get; set; }

    /// <summary>What becomes of the invitation: the status of its answer.</summary>
    public TaskCompletionSource<int> Invited { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Takes the invitation back; null where there is none.</summary>
    public Action? CancelInvitation { get; set; }

    /// <summary>Whether their INVITE is being answered.</summary>
    public bool IsJoining { get; set; }

    public bool IsConnected => Session is not null;
}
